/* stdlib.h -- libc's stdlib.h, and what that leaves out, though wasm/libc has it. */
#include_next <stdlib.h>

#ifndef BIDE_STDLIB_H
#define BIDE_STDLIB_H

#ifdef __cplusplus
extern "C" {
#endif

int mkstemp(char *);
char *mkdtemp(char *);

#ifdef __cplusplus
}
#endif

#endif
