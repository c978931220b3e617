/* generator.h -- what the rest of the library needs of generators beside bide.h. */
#ifndef BIDE_GENERATOR_H
#define BIDE_GENERATOR_H

#include "parts.h"

/* bide_generator_throw of an ERROR, which is borrowed. */
int bide__generator_throw(bide_generator *g, const bide_value *error, bide_value *value);

/* Call `drop` with the generator's argument when its function has ended, or will never run. */
void bide__generator_drops(bide_generator *g, void (*drop)(void *arg));

#endif
