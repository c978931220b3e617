/* The task is cancelled while its generator waits: the cancellation passes through the generator. */
#include "conformance.h"

static int items(void) {
    BIDE_TRY(bide_yield(bide_i64(1), NULL));
    BIDE_TRY(bide_sleep(100));
    return bide_yield(bide_i64(2), NULL);
}

static int gen(void *arg) {
    const int rc = items();
    say("gen out %d", now());
    return rc;
}

static int loop_over_it(void) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(gen, NULL);
    BIDE_FOR_EACH(i, g) say("item %s", show(i));
    return 0;
}

static int consumer(void *arg) {
    const int rc = loop_over_it();
    say("consumer out %d", now());
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(consumer, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
