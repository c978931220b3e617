/* wait_modes.c -- what asyncio.wait can wait for, over the same three tasks.
 *
 *     await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
 *     await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
 *     await asyncio.wait(tasks, timeout=0.5)
 *     await asyncio.wait(tasks)
 *
 * The tasks take 1, 2 and 3 seconds; the second one fails. Neither that nor the
 * end of the timeout is an error of the wait.
 */
#include <bide.h>
#include <stdio.h>

enum { TASKS = 3 };

struct experiment { bide_task *tasks[TASKS]; double start; };

static int succeed_after(void *arg) { return bide_sleep(*(const double *)arg); }

static int fail_after(void *arg) {
    BIDE_TRY(bide_sleep(*(const double *)arg));
    return bide_raise(BIDE_EVALUE, "as planned");
}

static int wait_once(const struct experiment *e, const char *label, double timeout, bide_return_when when) {
    size_t done;
    BIDE_TRY(bide_wait(e->tasks, TASKS, timeout, when, &done));
    printf("%s: %zu done, %zu pending at %.2f\n", label, done, TASKS - done, bide_loop_time(NULL) - e->start);
    return 0;
}

static int every_mode(const struct experiment *e) {
    BIDE_TRY(wait_once(e, "FIRST_COMPLETED", INFINITY, BIDE_FIRST_COMPLETED));
    BIDE_TRY(wait_once(e, "FIRST_EXCEPTION", INFINITY, BIDE_FIRST_EXCEPTION));
    BIDE_TRY(wait_once(e, "timeout 0.5", 0.5, BIDE_ALL_COMPLETED));
    BIDE_TRY(wait_once(e, "ALL_COMPLETED", INFINITY, BIDE_ALL_COMPLETED));
    return 0;
}

static int async_main(void *arg) {
    const struct experiment e = {
        .tasks = { bide_create_task_copy(succeed_after, BIDE_ARGS(double, 1)),
                   bide_create_task_copy(fail_after, BIDE_ARGS(double, 2)),
                   bide_create_task_copy(succeed_after, BIDE_ARGS(double, 3)) },
        .start = bide_loop_time(NULL),
    };
    const int rc = every_mode(&e);
    (void)arg;
    bide_ignore(bide_future_exception(e.tasks[1], NULL));  /* looked at, so it isn't reported as never retrieved */
    bide_release_all(e.tasks, TASKS);
    return rc;
}

int main(void) { return bide_main(async_main, NULL); }
