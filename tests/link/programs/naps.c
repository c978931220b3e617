/* Computes, and has a sleep that is reached through a pointer. -DNAP=0: it has none. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef NAP
#define NAP 1
#endif

static void nap(void) {
    if (NAP) usleep(1000);
}

void (*volatile napping)(void);
__attribute__((constructor)) static void init(void) { napping = nap; }

static unsigned step(unsigned x) { return x * 1664525 + 1013904223; }
unsigned (*volatile stepping)(unsigned) = step;

int main(int argc, char **argv) {
    unsigned x = 1;
    for (int i = 0; i < 100000; i++) x = stepping(x);
    napping();
    printf("%u\n", x);
    return 0;
}
