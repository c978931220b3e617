/* result.c -- the result slot of a coroutine, which bide_return_… writes. */
#include "loop/coroutine.h"

int bide_return_value(bide_value value) {
    if (value.kind == BIDE_ERROR) {
        int code = bide__fail_value(&value);
        bide_value_clear(&value);
        return code;
    }
    bide_value *slot = bide__current->result;
    bide__met_over(bide__current);
    if (slot && slot->kind == BIDE_ERROR) return bide_value_clear(&value), bide__fail_value(slot);   /* the error that a block's exit left there */
    if (slot) bide_value_clear(slot);
    else if (BIDE__HAS(bide__debug)) bide__debug_misplaced("nobody gets the result that is set here");
    bide__value_out(slot, value);
    return 0;
}

int bide_return_i64(int64_t number) { return bide_return_value(bide_i64(number)); }

/* Out of line, since a bide_value that is passed costs a frame on the C stack. */
static __attribute__((noinline)) int result_f64(double number) { return bide_return_value(bide_f64(number)); }

/* What functions return that compute. Mostly the slot is empty. */
int bide_return_f64(double number) {
    bide_value *slot = bide__current->result;
    if (!slot || bide__is_counted(slot)) return result_f64(number);
    bide__met_over(bide__current);
    *slot = bide_f64(number);
    return 0;
}

int bide_return_bool(bool truth) { return bide_return_value(bide_bool(truth)); }
int bide_return_ptr(void *pointer) { return bide_return_value(bide_ptr(pointer)); }
int bide_return_bytes(const void *p, size_t size) { return bide_return_value(bide_bytes(p, size)); }
int bide_return_list(const bide_value *items, size_t n) { return bide_return_value(bide_list(items, n)); }
