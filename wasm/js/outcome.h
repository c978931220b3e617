/* outcome.h -- what a function of JavaScript came to, as C takes it (outcome.c). */
#ifndef BIDE_JS_OUTCOME_H
#define BIDE_JS_OUTCOME_H

#include "js.h"
#include "base/value.h"

/* The value or ERROR that JavaScript keeps under this number, which is then used up. */
bide_value bide__outcome_take(bide_promise p);

/* Hand over what JavaScript has written, a value or an ERROR. `is_there`: there was memory for it. */
int bide__outcome_end(bool is_there, bide_value v, bide_value *out);

/* Does nothing. A file that refers to it makes the linker take bide__js_threw. */
void bide__js_bring_threw(void);

#endif
