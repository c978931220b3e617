/* result.c -- the result slot of a coroutine: bide_return_… writes it, bide_call gives a function its own. */
#include "internal.h"

int bide_return_value(bide_value value) {
    if (value.kind == BIDE_ERROR) {
        int code = bide__fail_value(&value);
        bide_value_clear(&value);
        return code;
    }
    bide_value *slot = bide__current->result;
    if (slot) bide_value_clear(slot);
    bide__value_out(slot, value);
    return 0;
}

int bide_return_i64(int64_t number) { return bide_return_value(bide_i64(number)); }
int bide_return_f64(double number) { return bide_return_value(bide_f64(number)); }
int bide_return_ptr(void *pointer) { return bide_return_value(bide_ptr(pointer)); }
int bide_return_bytes(const void *p, size_t size) { return bide_return_value(bide_bytes(p, size)); }

int bide_call(bide_fn *fn, void *arg, bide_value *result) {
    bide_value slot = { .kind = BIDE_NONE };
    bide_value *outer = bide__current->result;
    bide__current->result = &slot;
    int rc = bide__check_return(fn(arg));
    bide__current->result = outer;
    if (rc != 0) bide_value_clear(&slot);
    bide__value_out(result, slot);
    return rc;
}
