/* setjmp.c -- setjmp and longjmp, which are an exception of WebAssembly.
 *
 * The compiler (-mllvm -wasm-enable-sjlj) makes of a function that calls setjmp one
 * that catches, and calls the three functions below:
 *
 *     setjmp(env)        __wasm_setjmp(env, label, frame); label is the number of this setjmp in the function,
 *                        frame an address in the function's part of the C stack
 *     a jump is caught   __wasm_setjmp_test(env, frame) answers the label, 0: the jump is to a function outside of this one
 *     longjmp(env, v)    __wasm_longjmp(env, v)
 *
 * Locals live in the wasm frame, so a suspension in between changes nothing: Asyncify
 * saves the frames with what they catch, and the C stack stays where it is.
 *
 * A jump goes down the stack that runs, and no further: the frames of other tasks
 * are not on it. Whatever lies between is left without being told. What the core
 * keeps of the frames is put back here: the pins of functions that can't wait, the
 * result slot of bide_call, the contexts that bide_context_run entered, libc's shared
 * stack. */
#include "shared_stack.h"

#include "base/line.h"
#include "coro.h"
#include "host.h"
#include "loop/coroutine.h"
#include "task/report.h"

#include <setjmp.h>

enum { JUMP_TAG = 1 };        /* __c_longjmp, which the compiler's code catches */

/* What is in a jmp_buf. */
struct jump {
    char *frame;
    uint32_t label;
    struct { void *env; int value; } thrown;
    char *base;               /* of the stack; NULL: nobody checks stacks */
    bide_loop *running;
    bide__pinned *pinned;     /* the newest; gone if an eager task was pinned when it started */
    bide_value *result;       /* these two are the coroutine's */
    bide_context *entered;
};
_Static_assert(sizeof(struct jump) <= sizeof(jmp_buf), "a jump fits");

void __wasm_setjmp(struct jump *j, uint32_t label, char *frame) {
    const bide__coroutine *co = bide__current;
    if (BIDE__HAS(bide__debug)) bide__debug_unwatch();     /* it has changed the base */
    *j = (struct jump){
        .frame = frame, .label = label, .base = coro_outer().base,
        .running = bide__running, .pinned = bide__pin_newest, .result = co->result, .entered = co->entered,
    };
}

uint32_t __wasm_setjmp_test(const struct jump *j, const char *frame) { return j->frame == frame ? j->label : 0; }

/* Whether the function that called setjmp is below on this stack, as far as that can be seen, and the loop is not between. */
static bool jump_is_possible(const struct jump *j) {
    if (BIDE__HAS(bide__debug)) bide__debug_unwatch();
    coro_place here = coro_outer();
    return j->base == here.base && j->frame >= here.sp && j->running == bide__running;
}

static _Noreturn void jump_refuse(void) {
    bide__line line = { .size = 0 };
    bide__line_text(&line, "bide: longjmp in ");
    if (bide__current->task) bide__line_task(&line, bide__current->task);
    else bide__line_text(&line, "main or a callback");
    bide__line_text(&line, " to a function that has returned, or runs in another task or outside of the event loop");
    bide__line_end(&line);
    bide__host_exit(134);
}

/* Let the core forget the frames that are left. */
static void jump_restore(const struct jump *j) {
    while (bide__pin_newest && bide__pin_newest != j->pinned) bide__unpin();
    bide__current->result = j->result;
    if (BIDE__HAS(bide__context_return)) bide__context_return(j->entered);
}

_Noreturn void __wasm_longjmp(struct jump *j, int value) {
    bide__shared_abandon(j->base);
    if (!jump_is_possible(j)) jump_refuse();
    jump_restore(j);
    j->thrown.env = j, j->thrown.value = value ? value : 1;
    __builtin_wasm_throw(JUMP_TAG, &j->thrown);
}
