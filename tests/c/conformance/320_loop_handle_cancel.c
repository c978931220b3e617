/* Cancelled callbacks do not run; cancelling one twice or too late does no harm. */
#include "conformance.h"

static int cb(void *arg) {
    int k = *(int *)arg;
    say("cb %d", k);
    return 0;
}

static int async_main(void *arg) {
    int k[] = { 1, 2, 3, 4 };
    bide_handle *a = bide_loop_call_soon(NULL, cb, &k[0]);
    bide_handle *b = bide_loop_call_soon(NULL, cb, &k[1]);
    bide_handle *c = bide_loop_call_later(NULL, 5, cb, &k[2]);
    bide_handle *d = bide_handle_retain(bide_loop_call_later(NULL, 5, cb, &k[3]));
    bide_handle_cancel(a);
    bide_handle_cancel(a);
    bide_handle_cancel(c);
    say("%d %d %d %.0f", bide_handle_cancelled(a), bide_handle_cancelled(b), bide_handle_cancelled(c),
        bide_handle_when(d));
    int rc = bide_sleep(10);
    bide_handle_cancel(d);
    if (rc == 0) say("%d %d", bide_handle_cancelled(d), now());
    bide_handle_release(d);
    return rc;
}

int main(void) { return conformance_run(async_main); }
