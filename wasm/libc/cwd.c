/* cwd.c -- relative paths start where the program was started.
 *
 * WASI has no working directory, and wasi-libc takes `x` for `/x` when both the
 * working directory and the root are open. The host says in PWD, as a shell
 * does, where it is. If that can't be reached, nothing changes: on engines that
 * open the working directory alone `x` is found there.
 *
 * The linker takes this file only for programs that name files. */
#include <stdlib.h>
#include <unistd.h>

/* The linker asks for it by name. */
__attribute__((constructor, used)) void bide__enter_cwd(void) {
    const char *path = getenv("PWD");
    if (path && path[0] == '/') (void)!chdir(path);
}
