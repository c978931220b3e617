/* A barrier for one party does not suspend; one for no party at all is a ValueError. */
#include "conformance.h"

static int other(void *arg) {
    say("other");
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *o = bide_create_task(other, NULL);
    bide_barrier b;
    BIDE_TRY(bide_barrier_init(&b, 1));
    int first, second;
    BIDE_TRY(bide_barrier_wait(&b, &first));
    BIDE_TRY(bide_barrier_wait(&b, &second));
    say("%d %d %s", first, second, st(o));
    int rc = bide_barrier_init(&b, 0);
    if (rc == BIDE_EVALUE) say("%s", bide_error_name(rc));
    else return rc;
    return 0;
}

int main(void) { return conformance_run(async_main); }
