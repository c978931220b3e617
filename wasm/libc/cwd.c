/* cwd.c -- relative paths start where the program was started.
 *
 * WASI has no working directory. When both the working directory and the root are
 * open, wasi-libc takes `x` for `/x`. The host says in PWD, as a shell does, where
 * the program was started, and this file goes there. If that fails, nothing changes:
 * engines that open the working directory alone find `x` in it.
 *
 * `bide build` and `bide run` link this file into programs that name files. */
#include <stdlib.h>
#include <unistd.h>

/* The linker asks for it by name. */
__attribute__((constructor, used)) void bide__enter_cwd(void) {
    const char *path = getenv("PWD");
    if (path && path[0] == '/') (void)!chdir(path);
}
