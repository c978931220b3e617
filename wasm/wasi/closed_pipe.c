/* closed_pipe.c -- a program ends when the reader of its output is gone.
 *
 * SIGPIPE ends a native program then. Preview 1 has no signals, so a write just
 * fails, and a program that does not look at its writes would go on for ever.
 * `bide run` links this file in and has the linker put it between libc and the
 * engine. A module that is built to be shipped carries nothing of it.
 *
 * The exit code is one that all engines take; `bide run` makes 141 of it. wasmtime
 * has no word for EPIPE, and says EIO. */
#include <stdbool.h>
#include <wasi/api.h>

enum { CLOSED_PIPE_EXIT = 125 };   /* js/cli/run_wasi.js has the same number */

__wasi_errno_t __real___wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *pieces, size_t n, __wasi_size_t *written);
__wasi_errno_t __wrap___wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *pieces, size_t n, __wasi_size_t *written);

__wasi_errno_t __wrap___wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *pieces, size_t n, __wasi_size_t *written) {
    const __wasi_errno_t error = __real___wasi_fd_write(fd, pieces, n, written);
    const bool is_output = fd == 1 || fd == 2;
    if (is_output && (error == __WASI_ERRNO_PIPE || error == __WASI_ERRNO_IO)) __wasi_proc_exit(CLOSED_PIPE_EXIT);
    return error;
}
