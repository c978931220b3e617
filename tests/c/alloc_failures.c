/* alloc_failures.c -- runs programs again and again with one allocation failing: the first, the second, … until none does.
 *
 * Each run is a child process, judged by its exit code. A program may print other
 * things than usual, or fail, or find itself in a deadlock; it may not crash,
 * hang, or leave a block of the library's memory behind when it has ended by
 * itself. Native only: it forks. */
#include "alloc_counting.h"
#include "members.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ENDED = 0, NO_FAILURE = 90, LEAKED = 91, ENDED_BY_EXIT = 92, HANG_SECONDS = 10, MOST_RUNS = 5000 };

static int outcome = ENDED_BY_EXIT;

/* For a program that calls exit(), as a deadlock's report and the cases' deadlock handler do. Its frames still own memory. */
static void leave(void) {
    fflush(NULL);
    _exit(alloc_failed() ? outcome : NO_FAILURE);
}

_Noreturn static void run_child(const struct member *m, long n) {
    char *argv[] = { (char *)m->name, NULL };
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    alarm(HANG_SECONDS);
    atexit(leave);
    alloc_fail_at(n);
    m->main(1, argv);
    outcome = alloc_live() == 0 ? ENDED : LEAKED;
    if (outcome == LEAKED) fprintf(stderr, "%s: %ld blocks left\n", m->name, alloc_live());
    if (outcome == LEAKED) _exit(LEAKED);
    exit(0);
}

/* The outcome of one run: an exit code, or a signal's number above 1000. */
static int run(const struct member *m, long n) {
    int status;
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) run_child(m, n);
    if (child < 0 || waitpid(child, &status, 0) != child) return perror("fork"), 1;
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int check(const struct member *m) {
    int bad = 0, by_exit = 0;
    long n = 1;
    for (int end; n < MOST_RUNS && (end = run(m, n)) != NO_FAILURE; n++) {
        if (end == ENDED_BY_EXIT) by_exit++;
        if (end == ENDED || end == ENDED_BY_EXIT) continue;
        printf("%s: allocation %ld fails: %s %d\n", m->name, n, end > 1000 ? "signal" : "exit code", end % 1000);
        bad++;
    }
    printf("%s %s: %ld allocations, %d ended by exit\n", bad ? "FAILED" : "ok", m->name, n - 1, by_exit);
    return bad;
}

int main(int argc, char **argv) {
    int bad = 0;
    for (const struct member *m = members; m->name; m++)
        if (argc < 2 || strcmp(argv[1], m->name) == 0) bad += check(m);
    return bad > 0;
}
