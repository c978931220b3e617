/* Of two tasks due at once the first cancels the second before that runs. Though its sleep is over, it is cancelled. */
#include "conformance.h"

static int killer(void *arg) {
    bide_task **box = arg;
    BIDE_TRY(bide_sleep(3));
    bide_task *t = *box;
    const char *seen = st(t);
    say("killer %s %d", seen, bide_task_cancel(t));
    return 0;
}

static int sleeper(void *arg) {
    int rc = bide_sleep(3);
    if (rc == 0) say("sleeper slept");
    if (rc == BIDE_ECANCELED) say("sleeper cancelled %d", now());
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = NULL;
    BIDE_AUTO bide_task *k = bide_create_task(killer, &t);
    t = bide_create_task(sleeper, NULL);
    BIDE_TRY(bide_wait(BIDE_FUTURES(k, t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
