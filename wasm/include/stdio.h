/* stdio.h -- libc's stdio.h, and what that leaves out or warns of, though wasm/libc has it. */
#define __deprecated__(why) __unused__
#include_next <stdio.h>
#undef __deprecated__

#ifndef L_tmpnam
#define L_tmpnam 20
#define TMP_MAX 10000
#define P_tmpdir "/tmp"
#endif
