/* debug_blocks.c -- blocks that were left in ways that mean less than they seem to.
 *
 * A break leaves the block only. The place of a block is known if its file was
 * compiled with BIDE_DEBUG.
 *
 * After a return or goto out of a timeout or group, the function has the raw code
 * (block.c). That does no harm if the function returns it to the library, which
 * knows what it means. So the block is kept with the task. It is reported when the
 * task calls what may suspend, or when its function returns anything else. */
#include "insight/debug.h"

static void left_line_block(bide__line *line, const char *place) {
    bide__line_text(line, place ? "the block at " : "a block");
    if (place) bide__line_text(line, place);
}

void bide__debug_break(const char *place) {
    if (!bide__debug_on()) return;
    bide__line *line = bide__debug_line();
    bide__line_text(line, "break has left ");
    left_line_block(line, place);
    bide__line_text(line, " only; a loop around it goes on");
    bide__line_end(line);
}

static bide__place *left_place(void) {
    bide_task *f = bide__current->task;
    return f && bide__debugging(f->loop) ? bide__place_of(f) : NULL;
}

void bide__debug_left_raw(const char *place) {
    bide_task *f = bide__current->task;
    bide__place *p = f && bide__debugging(f->loop) ? bide__place_add(f) : NULL;
    if (!p) return;
    p->left = place ? place : "", p->raw = bide__current->errors.raw, p->means = bide__current->errors.means;
}

const char *bide__debug_left_hide(void) {
    bide__place *p = left_place();
    const char *left = p ? p->left : NULL;
    if (left) p->left = NULL;
    return left;
}

void bide__debug_report_left(void) {
    const bide__place *p = left_place();
    const char *place = bide__debug_left_hide();
    if (!place) return;
    bide__line *line = bide__debug_line();
    bide__line_task(line, bide__current->task);
    bide__line_text(line, " left ");
    left_line_block(line, *place ? place : NULL);
    bide__line_text(line, " by return or goto: its exit was told ");
    bide__line_text(line, bide_error_name(BIDE__CODE(p->raw)));
    bide__line_text(line, ", and the ");
    bide__line_text(line, bide_error_name(BIDE__CODE(p->means)));
    bide__line_text(line, " that it answers is lost; leave it by BIDE_RETURN(rc)");
    bide__line_end(line);
}

void bide__debug_left_over(bool is_harmless) {
    if (is_harmless) (void)bide__debug_left_hide();
    else bide__debug_report_left();
}
