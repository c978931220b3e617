/* generator.h -- what the rest of the library needs of generators beside bide.h. */
#ifndef BIDE_GENERATOR_H
#define BIDE_GENERATOR_H

#include "parts.h"

/* bide_generator_throw of an ERROR, which is borrowed. */
int bide__generator_throw(bide_generator *g, const bide_value *error, bide_value *value);

#endif
