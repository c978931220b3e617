/* ensure_future.c -- ensure_future makes a task of a function and leaves a task as it is.
 *
 *     a = asyncio.create_task(noop())
 *     b = asyncio.ensure_future(noop())
 *     assert asyncio.ensure_future(a) is a
 */
#include <bide.h>
#include <stdio.h>

static int noop(void *arg) { (void)arg; return 0; }

static void print_answer(const char *question, bool yes) { printf("%s: %s\n", question, yes ? "yes" : "no"); }

/* isinstance(f, asyncio.Task): tasks have names, other futures have none. */
static bool is_task(const bide_future *f) { return bide_task_get_name(f) != NULL; }

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task(noop, NULL);
    BIDE_AUTO bide_task *b = bide_ensure_future_call(noop, NULL);
    BIDE_AUTO bide_future *same = bide_ensure_future(a);
    (void)arg;
    print_answer("task", is_task(a));
    print_answer("task", is_task(b));
    print_answer("same", same == a);
    BIDE_TRY(bide_await(a, NULL));
    BIDE_TRY(bide_await(b, NULL));
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
