/* quiet.c -- every macro of bide.h that stands for statements or declarations, used as programs do: nested, twice in a scope, and behind
 * statements. tests/warnings.test.js compiles it with all warnings on. */
#include <bide.h>
#include <bide/js.h>

static bide_lock lock = BIDE_LOCK_INIT;
static bide_condition condition = BIDE_CONDITION_INIT;
static bide_semaphore semaphore;

static int enter(void *object) { return object ? 0 : bide_raise(BIDE_EVALUE, "nothing"); }
static void leave(void *object) { (void)object; }
static int leave_with(void *object, int code) { return object ? code : 0; }

static int guards(void *arg) {
    int rounds = 0;
    BIDE_TRY(bide_sleep(0));
    BIDE_GUARD_LOCK(&lock);
    rounds++;
    BIDE_GUARD_SEMAPHORE(&semaphore);
    for (int i = 0; i < 3; i++) {
        BIDE_GUARD_CONDITION(&condition);
        rounds++;
        BIDE_GUARD(enter, leave, arg);
        if (i == 1) continue;
        BIDE_TRY(bide_sleep(0));
    }
    return bide_return_i64(rounds);
}

static int blocks(void *arg) {
    bide_timeout outer = BIDE_TIMEOUT_INIT, inner = BIDE_TIMEOUT_INIT;
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TIMEOUT(&outer, 2.5) {
        BIDE_WITH_TIMEOUT_AT(&inner, bide_loop_time(NULL) + 1) {
            BIDE_WITH_TASK_GROUP(&group) {
                BIDE_AUTO bide_task *task = bide_create_task(guards, arg);
                bide_task_group_create_task_copy(&group, guards, BIDE_ARGS(int, 1));
                BIDE_TRY(bide_await(task, NULL));
                BIDE_GUARD(enter, leave, &group);
                BIDE_NO_SWITCH {
                    if (arg) BIDE_RETURN(BIDE_EVALUE);
                }
            }
        }
    }
    BIDE_WITH(enter, leave_with, arg) {
        BIDE_WITH(enter, leave_with, &outer) BIDE_TRY(bide_sleep(0));
    }
    BIDE_RETURN(bide_gather_join(BIDE_FUTURES(bide_create_task(guards, arg), bide_create_task(guards, NULL)), false, NULL));
}

static int numbers(void *arg) {
    BIDE_TRY(bide_yield(bide_ptr(arg), NULL));
    return 0;
}

static int loops(void *arg) {
    BIDE_AUTO_GENERATOR bide_generator *one = bide_generator_new(numbers, arg), *two = bide_generator_new(numbers, arg);
    BIDE_AUTO_VALUE bide_value kept = { 0 };
    BIDE_FOR_EACH(item, one) {
        BIDE_FOR_EACH(other, two) kept.i64 += item.i64 + other.i64;
        if (kept.i64 > 3) break;
    }
    BIDE_TRY(blocks(arg));
    return bide_return_i64(kept.i64);
}

int main(void) {
    bide_ignore(bide_semaphore_init(&semaphore, 2));
    return bide_main(loops, NULL);
}

BIDE_TYPES("export interface Quiet { loud: false }");
BIDE_JAVASCRIPT(quiet_body, "(): number", "return 1;");
BIDE_JAVASCRIPT(quiet_body_later, "(quiet: Quiet, ...rest: string[]): Promise<void>", "await rest;");
BIDE_FUNCTION(quiet, "(): void") { return quiet_body(NULL, 0, NULL); }
BIDE_FUNCTION(remove, "(n: number): Promise<void>") { return quiet_body_later(args, 1, NULL); }
BIDE_FUNCTION_WITH(quiet_stack, "(): Promise<void>", .stack_size = 65536) { return 0; }
