/* How many turns pass between the end of the last task of a gather and the step of its awaiter. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(0));
    say("job ends");
    return 0;
}

static int ticker(void *arg) {
    for (int i = 0; i < 6; i++) {
        say("tick %d", i);
        BIDE_TRY(bide_sleep(0));
    }
    return 0;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(ticker, NULL);
    bide_task *first = bide_create_task(job, NULL);
    bide_task *second = bide_create_task(job, NULL);
    BIDE_TRY(bide_gather_join(BIDE_FUTURES(first, second), false, NULL));
    say("gather resumed");
    BIDE_TRY(bide_await(t, NULL));
    return 0;
}

int main(void) { return conformance_run(main_task); }
