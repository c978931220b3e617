/* abort.c -- AbortSignals of tasks. */
#include <bide.h>
#include <bide/js.h>
#include <math.h>

/* Gives JavaScript its signals, and waits. */
static int wait(bide_value tell, double seconds) {
    BIDE_AUTO_VALUE bide_value signal = { 0 };
    BIDE_TRY(bide_js_signal(&signal));
    BIDE_TRY(bide_js_call(tell, &signal, 1, NULL));
    return bide_sleep(seconds);
}

BIDE_FUNCTION(waits, "(tell: any, seconds: number): Promise<void>") { return wait(args[0], args[1].f64); }

/* In a block that ends after a second, and then again. */
BIDE_FUNCTION(times_out, "(tell: any): Promise<void>") {
    bide_timeout timeout = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&timeout, 1));
    const int rc = bide_timeout_exit(&timeout, wait(args[0], 100));
    if (rc != BIDE_ETIMEDOUT) return bide_raise(BIDE_ESTATE, "it did not time out");
    return wait(args[0], 1);
}

/* And once more while it cleans up. */
BIDE_FUNCTION(cleans_up, "(tell: any): Promise<void>") {
    const int rc = wait(args[0], INFINITY), late = wait(args[0], 1);
    return rc != 0 ? rc : late;
}

BIDE_FUNCTION(now, "(): void") { return bide_js_signal(NULL); }

static int in_task(void *arg) { return wait(*(bide_value *)arg, 100); }

/* A task of its own, which is cancelled. */
BIDE_FUNCTION(cancels, "(tell: any): Promise<string>") {
    bide_value tell = args[0];
    bide_task *t = bide_create_task(in_task, &tell);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(t);
    const int rc = bide_await(t, NULL);
    bide_release(t);
    return bide_return_text("%s", bide_error_name(rc));
}

BIDE_FUNCTION(many, "(n: number): Promise<void>") {
    (void)args;
    return bide_js_signal(NULL);
}
