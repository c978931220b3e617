/* outside_js.c -- libc's waits outside of any task: `main` is suspended, by a run of a task that waits.
 *
 * JavaScript's thread is not blocked. A read blocks it, if the host can. */
#include "js.h"
#include "../libc/libc.h"

BIDE__JS_IMPORT("stdin_ready") bool js_stdin_is_ready(void);

struct outside_job { struct pollfd *fds; nfds_t n; double seconds; int error; };

static int outside_poller(void *arg) {
    struct outside_job *job = arg;
    job->error = bide__libc_poll(job->fds, job->n, job->seconds) < 0 ? errno : 0;
    return 0;
}

/* In a callback: what has come already. */
static int outside_look(struct pollfd *fds, nfds_t n) {
    for (nfds_t i = 0; i < n; i++)
        if (fds[i].fd == 0 && js_stdin_is_ready()) fds[i].revents |= fds[i].events & POLLIN;
    return 0;
}

int bide__libc_poll_outside(struct pollfd *fds, nfds_t n, double seconds) {
    if (bide__libc_is_stuck()) return outside_look(fds, n);
    struct outside_job job = { fds, n, seconds, 0 };
    const int rc = bide_run(outside_poller, &job, NULL);
    return rc == 0 ? job.error : bide__libc_errno(rc);
}
BIDE__SUSPENDS(bide__libc_poll_outside);
