/* weather.c -- C functions that JavaScript calls, waiting for JavaScript.
 *
 * Every call from JavaScript is a task of its own, so any number of them may
 * be in flight. There is no main: main.mjs, beside this file, is the program.
 *
 * JavaScript gets what an exported function returns. A function that leaves with
 * a code, through BIDE_TRY or bide_raise, rejects the call instead, also if it
 * returns a double.
 */
#include <bide.h>
#include <string.h>

/* async temperature(city, size, signal): the signal is added by the runtime. */
BIDE_IMPORT_PROMISE("temperature") bide_promise temperature(const char *city, size_t size);
/* say(text, size): an ordinary function. */
BIDE_IMPORT("say") void say(const char *text, size_t size);

/* Takes a second, however many are asked for at once. */
BIDE_EXPORT int add(int x, int y) {
    BIDE_TRY(bide_sleep(1.0));
    return x + y;
}

/* Sleeps until it is cancelled; an AbortSignal arrives as BIDE_ECANCELED. */
BIDE_EXPORT int wait_forever(void) {
    static const char text[] = "C: cancelled, cleaning up";
    const int rc = bide_sleep(INFINITY);
    if (rc == BIDE_ECANCELED) say(text, strlen(text));
    return rc;
}

static int temperature_of(void *city) {
    bide_value degrees;
    BIDE_TRY(bide_await_promise(temperature(city, strlen(city)), &degrees));
    if (degrees.kind == BIDE_F64) return bide_return_f64(degrees.f64);
    bide_value_clear(&degrees);
    return bide_raise(BIDE_ETYPE, "the temperature of %s is no number", (const char *)city);
}

/* Two promises at once; the difference in degrees. */
BIDE_EXPORT double warmer(void) {
    BIDE_AUTO_VALUE bide_value both = { 0 };
    BIDE_TRY(bide_gather_join(BIDE_FUTURES(bide_create_task(temperature_of, "Rome"),
                                           bide_create_task(temperature_of, "Oslo")), false, &both));
    return both.items[0].f64 - both.items[1].f64;
}

/* A promise that rejects. C sees the error's message, and the error itself goes
 * on to whoever called. */
BIDE_EXPORT double lost(void) {
    bide_value degrees;
    const int rc = bide_call(temperature_of, "Atlantis", &degrees);
    if (rc == BIDE_EJS) say(bide_last_message(), strlen(bide_last_message()));
    BIDE_TRY(rc);
    return degrees.f64;
}
