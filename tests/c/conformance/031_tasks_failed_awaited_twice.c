/* Every await of a task that failed gives its error. */
#include "conformance.h"

static int bad(void *arg) { return bide_raise(BIDE_EVALUE, NULL); }

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(bad, NULL);
    for (int i = 0; i < 2; i++) {
        int rc = bide_await(t, NULL);
        if (rc == BIDE_EVALUE) say("%d %s", i, bide_error_name(rc));
        else BIDE_TRY(rc);
    }
    return 0;
}

int main(void) { return conformance_run(main_task); }
