/* Default names count up; a name that was given does not use up a number. */
#include "conformance.h"

static int job(void *arg) {
    say("%s", bide_task_get_name(bide_current_task()));
    return 0;
}

static int async_main(void *arg) {
    say("%s", bide_task_get_name(bide_current_task()));
    BIDE_AUTO bide_task *a = bide_create_task(job, NULL);
    BIDE_AUTO bide_task *b = bide_create_task_with(&(bide_task_options){ .name = "bob" }, job, NULL);
    BIDE_AUTO bide_task *c = bide_create_task(job, NULL);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_ALL_COMPLETED, NULL));
    BIDE_TRY(bide_task_set_name(c, "carl"));
    say("%s", bide_task_get_name(c));
    return 0;
}

int main(void) { return conformance_run(async_main); }
