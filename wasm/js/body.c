/* body.c -- functions of C whose body is JavaScript: BIDE_JAVASCRIPT. js/runtime/bodies.js calls the body. */
#include "body.h"
#include "outcome.h"

int bide__js_body_now(int how, bide_value *value, bide_value *out) { return bide__outcome_end(how != BODY_NO_MEMORY, *value, out); }
