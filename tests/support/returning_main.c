/* returning_main.c -- runs a program on this machine as hosts do that return to their caller (src/returning).
 *
 * It stands for JavaScript's event loop: it wakes the program, and then waits as
 * long as the program asks. The program's main is compiled as program_main. */
#include "host.h"
#include "returning/returning.h"

#include <stdlib.h>
#include <time.h>

#define SLICE 0.008

int program_main(int argc, char **argv);

static int count;
static char **arguments;

static int program(void *arg) {
    (void)arg;
    exit(program_main(count, arguments));
}

static void pause_for(double seconds) {
    const time_t whole = (time_t)seconds;
    nanosleep(&(struct timespec){ .tv_sec = whole, .tv_nsec = (long)((seconds - (double)whole) * 1e9) }, NULL);
}

int main(int argc, char **argv) {
    count = argc, arguments = argv;
    bide__returning_start(program);
    for (;;) {
        double wait = bide__returning_wake(bide__host_now() + SLICE);
        if (wait == INFINITY) bide__returning_stuck();
        else if (wait > 0) pause_for(wait);
    }
}
