/* supervisor.c -- workers that are started again when they fail, until one has failed too often.
 *
 *     async def supervise(name, lives):
 *         while True:
 *             try:
 *                 return await work(name)
 *             except ValueError as e:
 *                 print(f"{name}: {e}")
 *                 if not (lives := lives - 1): raise
 *
 * A worker is a call of its supervisor, which looks at the code. The group cancels
 * the other supervisors when one of them gives up. Each connection is a guard: it
 * is closed however the worker ends.
 */
#include <bide.h>
#include <stdio.h>

struct worker { const char *name; double seconds; int lives; };

static int connection_open(void *worker) {
    printf("%s: open\n", ((const struct worker *)worker)->name);
    return 0;
}

static void connection_close(void *worker) { printf("%s: closed\n", ((const struct worker *)worker)->name); }

static int work(void *arg) {
    const struct worker *w = arg;
    BIDE_GUARD(connection_open, connection_close, arg);
    BIDE_TRY(bide_sleep(w->seconds));
    return bide_raise(BIDE_EVALUE, "bad answer after %.0f s", w->seconds);
}

static int supervise(void *arg) {
    struct worker *w = arg;
    for (;;) {
        const int rc = bide_call(work, w, NULL);
        if (rc != BIDE_EVALUE) return rc;
        printf("%s: %s\n", w->name, bide_message_of(rc));
        if (--w->lives == 0) return bide_raise(rc, "%s gives up", w->name);
    }
}

static int supervise_all(void) {
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&group) {
        bide_task_group_create_task_copy(&group, supervise, BIDE_ARGS(struct worker, "slow", 3, 9));
        bide_task_group_create_task_copy(&group, supervise, BIDE_ARGS(struct worker, "quick", 2, 2));
    }
    return 0;
}

static int async_main(void *arg) {
    const int rc = supervise_all();
    (void)arg;
    if (rc != BIDE_EGROUP) return rc;
    printf("%s at %.0f\n", bide_error_name(rc), bide_loop_time(NULL));
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
