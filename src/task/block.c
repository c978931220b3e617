/* block.c -- what BIDE_WITH statements do when they end.
 *
 *   new -> entered    the statement, after its enter function
 *   entered -> over   bide__block_end, once, by whoever leaves the block first
 *
 * BIDE_TRY runs the exits before it returns, so each exit sees the code and may
 * change it. The cleanup attribute alone sees a return or goto, and by then the
 * function's value is settled. If the exit fails there, its error goes into the
 * result slot, and so the coroutine function fails.
 *
 * Rejected: a label behind the block, at which a program could go on after a
 * swallowed error. A macro in front of the block can't place the label. A computed
 * goto may not leave the scope of a cleanup variable. In an inner loop, break ends
 * that loop. Labels that the user places by hand could be misused. */
#include "task/report.h"

int bide__block_end(bide__block *block, int code) {
    if (!block->is_entered || block->is_over) return code;
    block->is_over = true;
    return bide__check_return(block->exit(block->object, code));
}
BIDE__SUSPENDS(bide__block_end);

int bide__block_leave(bide__block *block, int code) {
    code = bide__check_return(code);
    for (; block; block = block->outer) code = bide__block_end(block, code);
    return code;
}
BIDE__SUSPENDS(bide__block_leave);

/* The function's value can't be changed any more, so the coroutine function is to fail. */
static void block_fail_later(int code) {
    bide__coroutine *co = bide__current;
    bide_value error = bide__error_value(code, bide__message_of(co, code));
    if (code == BIDE_ECANCELED && co->task) bide__task_of(co->task)->must_cancel = true;
    else if (co->result) {
        bide_value_clear(co->result);
        *co->result = error;
        return;
    } else bide__loop_error(bide__running, "Error in the exit of a block that was left by return", &error, NULL, NULL);
    bide_value_clear(&error);
}

void bide__block_left(bide__block *block) {
    int code = bide__block_end(block, 0);
    if (code != 0) block_fail_later(code);
}
BIDE__SUSPENDS(bide__block_left);
