/* computing.c -- a program that computes, and might sleep, but has no coroutines: what bide adds to it.
 *
 *   computing primes LIMIT ROUNDS    ns a number to find the primes below LIMIT; a line a round
 *
 * It knows nothing of bide, so it is also compiled without. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

static unsigned char *is_composite;

/* A call for each prime, so that calls are measured as well as loops. */
__attribute__((noinline)) static void strike(int prime, int limit) {
    for (int i = 2 * prime; i < limit; i += prime) is_composite[i] = 1;
}

/* Not a loop, so that frames are measured as well. */
__attribute__((noinline)) static int steps_to_one(unsigned n) {
    char digits[16];
    int steps = 0;
    for (; n > 1; steps++) n = n % 2 ? 3 * n + 1 : n / 2;
    return snprintf(digits, sizeof digits, "%d", steps);
}

static int count_primes(int limit) {
    int primes = 0;
    memset(is_composite, 0, (size_t)limit);
    for (int i = 2; i < limit; i++) {
        if (is_composite[i]) continue;
        primes += steps_to_one((unsigned)i) > 0;
        strike(i, limit);
    }
    return primes;
}

int main(int argc, char **argv) {
    if (argc < 4 || strcmp(argv[1], "primes") != 0) return fputs("usage: computing primes LIMIT ROUNDS\n", stderr), 2;
    int limit = atoi(argv[2]);
    is_composite = malloc((size_t)limit);
    if (!is_composite) return 1;
    for (int rounds = atoi(argv[3]); rounds > 0; rounds--) {
        double start = seconds_now();
        if (count_primes(limit) == 0) usleep(1000);
        printf("%.3f\n", (seconds_now() - start) / limit * 1e9);
    }
    free(is_composite);
    return 0;
}
