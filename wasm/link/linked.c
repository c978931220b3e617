/* linked.c -- marks the modules that were linked with the library's flags.
 *
 * The flag below asks for the function, so the linker takes this file for every
 * program, and the section with the flag comes along. By that `bide link` knows a
 * module of ours, even if it uses nothing of the library. Nobody calls the function,
 * so the linker drops it. A finished module has no byte of the mark. */
#include "link.h"

BIDE__LINK("--undefined=bide__linked");

void bide__linked(void);
void bide__linked(void) {}
