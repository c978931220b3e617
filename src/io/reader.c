/* reader.c -- descriptors that are waited for.
 *
 * A loop has a list of readers. While a reader's descriptor is ready, the host
 * queues the reader's node. When its turn comes, the reader calls its callback, or
 * wakes the task that reads (read.c). A descriptor has one reader at most, and any
 * number of tasks that look whether there is something (bide__libc_look). */
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
    r->ready = true;
    if (!r->task) reader_call(r);
    else if (r->task->waiter == BIDE__WAITER_PENDING) bide__waiter_settle(r->task, BIDE__WAITER_DONE);
}

static void reader_dropped(bide__node *n) { (void)n; }
static const bide__node_type reader_type = { reader_run, reader_dropped };

void bide__reader_ready(bide__reader *r) {
    if (!r->node.next) bide__loop_push(r->loop, &r->node);
}

bide__reader *bide__reader_find(bide_loop *loop, int fd) {
    bide__reader *r = loop->readers;
    while (r && (r->fd != fd || r->looks)) r = r->next;
    return r;
}

/* Take it out of the list; false: it is not there. */
static bool reader_unlink(bide__reader *r) {
    bide__reader **at = &r->loop->readers;
    while (*at && *at != r) at = &(*at)->next;
    if (!*at) return false;
    *at = r->next;
    return true;
}

int bide__reader_add(bide__reader *r) {
    r->node.type = &reader_type;
    r->next = r->loop->readers;
    r->loop->readers = r;
    r->loop->poll = bide__host_poll, r->loop->free_readers = bide__readers_free;
    int rc = bide__host_watch(r);
    if (rc != 0) return reader_unlink(r), bide__fail_plain(rc);
    if (r->always) bide__reader_ready(r);
    return 0;
}

void bide__reader_remove(bide__reader *r) {
    bide__list_remove(&r->node);
    if (reader_unlink(r)) bide__host_unwatch(r);
}

int bide__reader_check(int fd) {
    BIDE__TEXT(cannot, "a descriptor is not negative");
    return fd >= 0 ? 0 : BIDE__FAIL(BIDE_EOS, cannot);
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
        if ((rc = bide__reader_add(r)) != 0) return bide__free(r, sizeof *r), rc;
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

/* ------------------------------------------------------------------ looking */

void bide__bring_look(void) {}

/* What the host has queued can be read now. */
static size_t reader_count_ready(bide__reader *rs, size_t n) {
    size_t ready = 0;
    for (size_t i = 0; i < n; i++) {
        rs[i].ready = rs[i].ready || rs[i].node.next;
        ready += rs[i].ready;
    }
    return ready;
}

static void reader_remove_all(bide__reader *rs, size_t n) {
    while (n > 0) bide__reader_remove(&rs[--n]);
}

static int reader_add_all(bide__task *t, bide__reader *rs, size_t n) {
    for (size_t i = 0; i < n; i++) {
        rs[i] = (bide__reader){ .loop = t->future.loop, .fd = rs[i].fd, .task = t, .looks = true };
        int rc = bide__reader_add(&rs[i]);
        if (rc != 0) return reader_remove_all(rs, i), rc;
    }
    return 0;
}

/* Look without waiting. */
static int reader_look_now(bide__task *t, bide__reader *rs, size_t n) {
    int rc = reader_add_all(t, rs, n);
    if (rc != 0 || n == 0) return rc;
    bide__host_poll(t->future.loop, 0);
    reader_count_ready(rs, n);
    reader_remove_all(rs, n);
    return 0;
}

static int reader_look_wait(bide__task *t, bide__reader *rs, size_t n, double seconds) {
    int rc = reader_add_all(t, rs, n);
    if (rc != 0) return rc;
    rc = bide__libc_wait(t, NULL, seconds, "something to read");
    reader_remove_all(rs, n);
    return rc;
}

/* What came may be gone when the task runs, so it looks again. The virtual clock stands still while there are
 * readers; so a wait with a limit has none there. */
int bide__libc_look(bide__task *t, bide__reader *rs, size_t n, double seconds) {
    bide_loop *loop = t->future.loop;
    const double until = bide__loop_now(loop) + seconds;
    for (bool over = false;;) {
        int rc = reader_look_now(t, rs, n);
        if (rc != 0 || over || reader_count_ready(rs, n) > 0) return rc;
        const double left = until - bide__loop_now(loop);
        over = left <= 0 || (left != INFINITY && loop->virtual_time);
        rc = over ? bide__libc_wait(t, NULL, left, "something to read, or a time") : reader_look_wait(t, rs, n, left);
        if (rc != 0) return rc;
    }
}
BIDE__SUSPENDS(bide__libc_look);
