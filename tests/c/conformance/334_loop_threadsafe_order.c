/* call_soon_threadsafe keeps its place in the order of call_soon. It gives no handle, so a handle of call_soon is cancelled here. */
#include "conformance.h"

static int cb(void *arg) {
    int k = *(int *)arg;
    say("cb %d", k);
    return 0;
}

static int async_main(void *arg) {
    static int k[] = { 1, 2, 3, 4 };
    bide_loop_call_soon(NULL, cb, &k[0]);
    BIDE_TRY(bide_loop_call_soon_threadsafe(NULL, cb, &k[1]));
    bide_handle *h = bide_loop_call_soon(NULL, cb, &k[2]);
    bide_loop_call_soon(NULL, cb, &k[3]);
    bide_handle_cancel(h);
    BIDE_TRY(bide_sleep(0));
    return 0;
}

int main(void) { return conformance_run(async_main); }
