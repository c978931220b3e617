/* reader.c -- descriptors that are waited for.
 *
 * A loop's readers are a list; the host queues a reader's one node while its
 * descriptor is ready. bide_read is a reader in the caller's frame whose
 * callback is its task. */
#include "internal.h"

#include <errno.h>
#include <string.h>

static void run(bide__node *n) {
    bide__reader *r = (bide__reader *)((char *)n - offsetof(bide__reader, node));
    if (r->task) bide__wake(r->task);
    else bide__callback_end(r->loop, r->cb(r->arg), NULL, NULL);
}

static void dropped(bide__node *n) { (void)n; }
static const bide__node_type reader_type = { run, dropped };

void bide__reader_ready(bide__reader *r) {
    if (!r->node.next) bide__loop_push(r->loop, &r->node);
}

static bide__reader **find(bide_loop *loop, int fd) {
    bide__reader **at = &loop->readers;
    while (*at && (*at)->fd != fd) at = &(*at)->next;
    return at;
}

static void link_reader(bide__reader *r) {
    r->next = r->loop->readers;
    r->loop->readers = r;
    bide__host_watch_changed(r->loop);
}

static void unlink_reader(bide__reader **at) {
    bide__reader *r = *at;
    *at = r->next;
    bide__list_remove(&r->node);
    bide__host_watch_changed(r->loop);
}

static int check(int fd) {
    BIDE__TEXT(cannot, "this descriptor can't be waited for here");
    return bide__host_can_watch(fd) ? 0 : BIDE__FAIL(BIDE_EOS, cannot);
}

int bide_loop_add_reader(bide_loop *loop, int fd, bide_callback *cb, void *arg) {
    BIDE__TEXT(closed, "Event loop is closed");
    BIDE__TEXT(busy, "a task reads from this descriptor");
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    if (loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed);
    int rc = check(fd);
    if (rc != 0) return rc;
    bide__reader *r = *find(loop, fd);
    if (r && r->task) return BIDE__FAIL(BIDE_ERUNTIME, busy);
    if (r) return r->cb = cb, r->arg = arg, 0;
    if (!(r = bide__alloc(sizeof *r))) return bide__fail_plain(BIDE_ENOMEM);
    *r = (bide__reader){ .node.type = &reader_type, .loop = loop, .fd = fd, .cb = cb, .arg = arg };
    link_reader(r);
    return 0;
}

bool bide_loop_remove_reader(bide_loop *loop, int fd) {
    loop = bide__loop(loop);
    bide__reader **at = loop ? find(loop, fd) : NULL;
    if (!at || !*at || (*at)->task) return false;
    bide__reader *r = *at;
    unlink_reader(at);
    bide__free(r, sizeof *r);
    return true;
}

void bide__readers_free(bide_loop *loop) {
    while (loop->readers) {
        bide__reader *r = loop->readers;
        unlink_reader(&loop->readers);
        if (!r->task) bide__free(r, sizeof *r);
    }
}

/* errno's text as the error's message. */
static int fail_errno(int error) {
    bide_value text = bide_bytes(strerror(error), strlen(strerror(error)));
    int rc = bide__fail(BIDE_EOS, text.kind == BIDE_BYTES ? bide__blob_of(text.bytes) : NULL);
    bide_value_clear(&text);
    return rc;
}

int bide_read(int fd, void *buffer, size_t size, size_t *got) {
    BIDE__TEXT(busy, "read() called while another coroutine is already waiting for incoming data");
    if (got) *got = 0;
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    int rc = check(fd);
    if (rc != 0) return rc;
    bide_loop *loop = t->future.loop;
    if (*find(loop, fd)) return BIDE__FAIL(BIDE_ERUNTIME, busy);
    bide__reader r = { .node.type = &reader_type, .loop = loop, .fd = fd, .task = t };
    link_reader(&r);
    rc = bide__wait(t, "something to read");
    unlink_reader(find(loop, fd));
    if (rc != 0) return rc;
    ptrdiff_t n = bide__host_read(fd, buffer, size);
    if (n < 0) return fail_errno(errno);
    if (got) *got = (size_t)n;
    return 0;
}
