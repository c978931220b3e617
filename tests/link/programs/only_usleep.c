/* Has tasks, and waits by libc's sleep alone. */
#include <bide.h>
#include <stdio.h>
#include <unistd.h>

static int naps(void *arg) {
    const int ms = (int)(long)arg;
    for (int i = 1; i <= 2; i++) {
        usleep((useconds_t)ms * 1000);
        printf("%d: %d\n", ms, i);
    }
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *one = bide_create_task(naps, (void *)20L), *other = bide_create_task(naps, (void *)30L);
    BIDE_TRY(bide_await(one, NULL));
    return bide_await(other, NULL);
}

int main(void) { return bide_main(async_main, NULL); }
