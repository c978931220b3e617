/* Has locks of pthreads, and nothing that suspends. -DLOCKS=0: it has none. */
#include <pthread.h>
#include <stdio.h>

#ifndef LOCKS
#define LOCKS 1
#endif

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned x;

static void begin(void) { x = 1; }
static unsigned step(void) { return x = x * 1664525 + 1013904223; }
unsigned (*volatile stepping)(void) = step;

int main(void) {
    if (LOCKS) pthread_once(&once, begin);
    else begin();
    for (int i = 0; i < 100000; i++) {
        if (LOCKS) pthread_mutex_lock(&mutex);
        stepping();
        if (LOCKS) pthread_mutex_unlock(&mutex);
    }
    printf("%u\n", x);
    return 0;
}
