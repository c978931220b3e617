/* reader.c -- descriptors that are waited for.
 *
 * A loop has a list of readers. While a reader's descriptor is ready, the host
 * queues the reader's node. When its turn comes, the reader calls its callback, or
 * wakes the task that reads (read.c). */
#include "io/reader.h"

#include "host.h"
#include "task/report.h"
#include "task/waiter.h"

/* The callback may remove its reader, or set another callback in it, whose context then stays. */
static void reader_call(bide__reader *r) {
    bide_loop *loop = r->loop;
    int fd = r->fd;
    bide__current->own.vars = r->vars;
    r->vars = NULL;
    if (bide__debugging(loop)) bide__debug_begins(r);
    int rc = r->cb(r->arg);
    if (bide__reader_find(loop, fd) == r && !r->vars) {
        r->vars = bide__current->own.vars;
        bide__current->own.vars = NULL;
    }
    bide__callback_end(loop, rc, NULL, NULL);
}

static void reader_run(bide__node *n) {
    bide__reader *r = (bide__reader *)((char *)n - offsetof(bide__reader, node));
    if (r->task) bide__wake(r->task);
    else reader_call(r);
}

static void reader_dropped(bide__node *n) { (void)n; }
static const bide__node_type reader_type = { reader_run, reader_dropped };

void bide__reader_ready(bide__reader *r) {
    if (!r->node.next) bide__loop_push(r->loop, &r->node);
}

static bide__reader **reader_place(bide_loop *loop, int fd) {
    bide__reader **at = &loop->readers;
    while (*at && (*at)->fd != fd) at = &(*at)->next;
    return at;
}

bide__reader *bide__reader_find(bide_loop *loop, int fd) { return *reader_place(loop, fd); }

void bide__reader_add(bide__reader *r) {
    r->node.type = &reader_type;
    r->next = r->loop->readers;
    r->loop->readers = r;
    bide__host_watch_changed(r->loop);
}

void bide__reader_remove(bide__reader *r) {
    bide__reader **at = reader_place(r->loop, r->fd);
    if (*at == r) *at = r->next;
    bide__list_remove(&r->node);
    bide__host_watch_changed(r->loop);
}

int bide__reader_check(int fd) {
    BIDE__TEXT(cannot, "this descriptor can't be waited for here");
    return bide__host_can_watch(fd) ? 0 : BIDE__FAIL(BIDE_EOS, cannot);
}

int bide_loop_add_reader(bide_loop *loop, int fd, bide_callback *cb, void *arg) {
    BIDE__TEXT(closed, "Event loop is closed");
    BIDE__TEXT(busy, "a task reads from this descriptor");
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    if (loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed);
    int rc = bide__reader_check(fd);
    if (rc != 0) return rc;
    bide__reader *r = bide__reader_find(loop, fd);
    if (r && r->task) return BIDE__FAIL(BIDE_ERUNTIME, busy);
    if (!r) {
        if (!(r = bide__alloc(sizeof *r))) return bide__fail_plain(BIDE_ENOMEM);
        *r = (bide__reader){ .loop = loop, .fd = fd };
        bide__reader_add(r);
    }
    bide__disinherit(r->vars);
    r->cb = cb, r->arg = arg, r->vars = bide__inherit();
    if (bide__debugging(loop)) bide__debug_taken(r), bide__debug_given(r, BIDE__GIVEN_READER, arg);
    return 0;
}

static void reader_free(bide__reader *r) {
    bide__disinherit(r->vars);
    if (BIDE__HAS(bide__debug)) bide__debug_freed(r);
    bide__free(r, sizeof *r);
}

bool bide_loop_remove_reader(bide_loop *loop, int fd) {
    loop = bide__loop(loop);
    bide__reader *r = loop ? bide__reader_find(loop, fd) : NULL;
    if (!r || r->task) return false;
    bide__reader_remove(r);
    reader_free(r);
    return true;
}

void bide__readers_free(bide_loop *loop) {
    while (loop->readers) {
        bide__reader *r = loop->readers;
        bide__reader_remove(r);
        if (!r->task) reader_free(r);
    }
}
