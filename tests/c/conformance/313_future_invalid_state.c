/* A future is set twice, read too early and cancelled after its end. */
#include "conformance.h"

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    int rc = bide_future_result(f, NULL);
    if (rc != 0) say("%s", bide_error_name(rc));
    rc = bide_future_exception(f, NULL);
    if (rc != 0) say("%s", bide_error_name(rc));

    BIDE_TRY(bide_future_set_result(f, bide_i64(1)));
    rc = bide_future_set_result(f, bide_i64(2));
    if (rc != 0) say("%s", bide_error_name(rc));
    rc = bide_future_set_exception(f, BIDE_EVALUE, NULL);
    if (rc != 0) say("%s", bide_error_name(rc));
    bool accepted = bide_future_cancel(f);
    say("%d %s", accepted, st(f));

    BIDE_AUTO bide_future *g = bide_future_new(NULL);
    bool first = bide_future_cancel(g);
    bool second = bide_future_cancel(g);
    say("%d %d %s", first, second, st(g));
    rc = bide_future_set_result(g, bide_i64(1));
    if (rc != 0) say("%s", bide_error_name(rc));
    return 0;
}

int main(void) { return conformance_run(async_main); }
