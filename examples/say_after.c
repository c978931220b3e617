/* say_after.c -- awaiting coroutines one after the other, and running them as tasks.
 *
 *     await say_after(1, "hello")                         # 3 s in all
 *     await say_after(2, "world")
 *
 *     t1 = asyncio.create_task(say_after(1, "hello"))     # 2 s in all
 *     t2 = asyncio.create_task(say_after(2, "world"))
 *     await t1
 *     await t2
 */
#include <bide.h>
#include <stdio.h>

struct say { double delay; const char *what; };

static int say_after(void *arg) {
    const struct say *say = arg;
    BIDE_TRY(bide_sleep(say->delay));
    puts(say->what);
    return 0;
}

/* A coroutine function is a C function: calling it is `await`. */
static int in_sequence(void) {
    BIDE_TRY(say_after(&(struct say){ 1, "hello" }));
    BIDE_TRY(say_after(&(struct say){ 2, "world" }));
    return 0;
}

static int as_tasks(void) {
    BIDE_AUTO bide_task *t1 = bide_create_task_copy(say_after, BIDE_ARGS(struct say, 1, "hello"));
    BIDE_AUTO bide_task *t2 = bide_create_task_copy(say_after, BIDE_ARGS(struct say, 2, "world"));
    BIDE_TRY(bide_await(t1, NULL));
    BIDE_TRY(bide_await(t2, NULL));
    return 0;
}

static int async_main(void *arg) {
    double start = bide_loop_time(NULL);
    (void)arg;
    BIDE_TRY(in_sequence());
    printf("took %.2f s\n", bide_loop_time(NULL) - start);

    start = bide_loop_time(NULL);
    BIDE_TRY(as_tasks());
    printf("took %.2f s\n", bide_loop_time(NULL) - start);
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
