/* block.c -- what guards and blocks do when their scope is left.
 *
 *   new -> entered    the statement, after its enter function
 *   entered -> over   block_run, once, by whoever leaves the block first
 *
 * BIDE_TRY and BIDE_RETURN run the exits before they return, so each exit sees the
 * code and may change it. The cleanup attribute alone sees a return or goto, and by
 * then the function's value is settled, and nobody can read it.
 *
 * A timeout and a group must know it all the same. So their exits are told the
 * failure that the coroutine met last in the block (bide__met), as if that were
 * returned. What comes out is noted: a function that now returns the raw code means
 * the other one. Whoever called the function for the library asks bide__block_meant.
 * If the raw code is BIDE_ECANCELED and the group's tasks have failed, nothing else
 * tells of their errors. So they become the result of the coroutine function, too.
 *
 * Rejected: that the library runs the exit when the function has returned, and the
 * code is known. The frame is gone then, with the object, and with the arguments of
 * tasks that are to be cancelled. Guards around the block would have ended first.
 *
 * Rejected: a label behind the block, at which a program could go on after a
 * swallowed error. A macro in front of the block can't place the label. A computed
 * goto may not leave the scope of a cleanup variable. In an inner loop, break ends
 * that loop. Labels that the user places by hand could be misused. */
#include "task/block.h"

/* ------------------------------------------------------------------ guards */

/* A cancellation that came meanwhile was met by the exit, which can't pass it on. */
static void guard_note_cancel(bide_task *f, int cancelling) {
    bide__task *t = f ? bide__task_of(f) : NULL;
    if (t && t->cancelling > cancelling && t->must_cancel != BIDE__CANCEL_DUE) t->must_cancel = BIDE__CANCEL_MET;
}

void bide__guard_left(bide__guard *guard) {
    bide_guard_exit *exit = guard->exit;
    if (!exit) return;
    guard->exit = NULL;
    if (guard->block) guard->block->guards = guard->outer;
    const char *left = BIDE__HAS(bide__debug) ? bide__debug_left_hide() : NULL;
    const bide__errors errors = bide__current->errors;        /* those that exit meets are its own matter */
    const int cancelling = bide_task_cancelling(bide__current->task);
    exit(guard->object);
    bide__current->errors = errors;
    guard_note_cancel(bide__current->task, cancelling);
    if (left) bide__debug_left_raw(left);
}
BIDE__SUSPENDS(bide__guard_left);

/* ------------------------------------------------------------------ blocks */

/* End the guards in the block, and run its own exit, once. */
static int block_run(bide__block *block, int code) {
    if (!block->is_entered || block->is_over) return code;
    block->is_over = true;
    while (block->guards) bide__guard_left(block->guards);
    return bide__check_return(block->exit(block->object, bide__end_with(code)));
}

int bide__block_end(bide__block *block) {
    if (BIDE__HAS(bide__debug)) bide__debug_here();
    if (block->is_inside && BIDE__HAS(bide__debug)) bide__debug_break(block->place);
    return block_run(block, 0);
}
BIDE__SUSPENDS(bide__block_end);

int bide__block_leave(bide__block *block, int code) {
    code = bide__check_return(code);
    for (; block; block = block->outer) code = block_run(block, code);
    return code;
}
BIDE__SUSPENDS(bide__block_leave);

/* ------------------------------------------------------------------ return and goto */

/* The function's value can't be changed any more, so the coroutine function is to fail. */
void bide__fail_later(int code) {
    bide__coroutine *co = bide__current;
    bide_value error = bide__error_value(code, bide__message_of(co, code));
    if (code == BIDE_ECANCELED && co->task) bide__task_of(co->task)->must_cancel = BIDE__CANCEL_DUE;
    else if (co->result) {
        bide_value_clear(co->result);
        *co->result = error;
        return;
    } else bide__loop_error(bide__running, "Error in the exit of a block that was left by return", &error, NULL, NULL);
    bide_value_clear(&error);
}

/* The function is about to return `raw`, or what that means already. It means `code` now. */
static void block_note_meaning(int raw, int code) {
    bide__errors *met = &bide__current->errors;
    if (met->means != bide__error_number(raw)) met->raw = bide__error_number(raw);
    met->means = bide__error_number(code);
}

void bide__block_left(bide__block *block) {
    if (!block->is_entered || block->is_over) return;
    const int met = block->tells == BIDE__TELLS_NOTHING ? 0 : bide__met(bide__current);
    const int code = block_run(block, met);
    if (code == met) return;
    if (met != 0) block_note_meaning(met, code);
    if (met == 0 || (met == BIDE_ECANCELED && block->tells == BIDE__TELLS_GROUP)) bide__fail_later(code);
    if (met != 0 && BIDE__HAS(bide__debug)) bide__debug_left_raw(block->place);
}
BIDE__SUSPENDS(bide__block_left);

int bide__block_meant(int rc) {
    bide__errors *met = &bide__current->errors;
    const bool is_raw = rc != 0 && met->raw == bide__error_number(rc);
    if (is_raw) rc = BIDE__CODE(met->means);
    met->raw = met->means = 0;
    if (BIDE__HAS(bide__debug)) bide__debug_left_over(is_raw);
    return rc;
}
