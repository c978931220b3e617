/* pause.c -- how libc's waits wait in a program with coroutines. */
#include "host.h"
#include "task/task.h"

void bide__bring_pause(void) {}

/* A cancel request is kept for the task's next wait. */
static int pause_task(bide__task *t, double seconds) {
    int rc = bide_sleep(seconds);
    if (rc == BIDE_ECANCELED) t->must_cancel = true;
    return rc;
}

int bide__pause(double seconds) {
    if (bide__current->task) return pause_task(bide__task_of(bide__current->task), seconds);
    return bide__running ? BIDE_ERUNTIME : bide__host_pause(seconds);
}
BIDE__SUSPENDS(bide__pause);
