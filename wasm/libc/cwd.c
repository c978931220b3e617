/* cwd.c -- relative paths start where the program was started.
 *
 * WASI has no working directory. When both the working directory and the root are
 * open, wasi-libc takes `x` for `/x`. The host says in PWD, as a shell does, where
 * the program was started, and this file goes there. If that fails, nothing changes:
 * engines that open the working directory alone find `x` in it.
 *
 * A program that names no files does not carry this. The linker takes the file when
 * something refers to __wasilibc_nocwd_symlinkat, and only that part of libc does which
 * turns names into open files. Rejected: `bide build` links a second time if the
 * linker's map names that part. People who link by hand would have to know of it. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <wasi/api.h>

/* Runs before main. */
__attribute__((constructor, used)) void bide__enter_cwd(void) {
    const char *path = getenv("PWD");
    if (path && path[0] == '/') (void)!chdir(path);
}

/* Does what libc's own does, which the linker then has no need of. */
int __wasilibc_nocwd_symlinkat(const char *target, int fd, const char *path);
int __wasilibc_nocwd_symlinkat(const char *target, int fd, const char *path) {
    __wasi_errno_t error = __wasi_path_symlink(target, fd, path);
    if (error == 0) return 0;
    errno = error;
    return -1;
}
