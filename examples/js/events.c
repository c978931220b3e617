/* events.c -- a listener puts events into a queue; tasks take them out.
 *
 * JavaScript calls the listener when something has happened, so that
 * can't wait. There is always room in the queue. */
#include <bide.h>
#include <bide/js.h>
#include <stdlib.h>

struct listener {
    bide_value target, type, function;
    bide_queue *queue;   /* until nobody can call the function */
};

static int on_event(const bide_value *args, size_t n, void *queue) {
    (void)n;
    return bide_queue_put_nowait(queue, bide_value_copy(args[0]));
}

static void free_queue(void *queue) {
    bide_queue_clear(queue);
    free(queue);
}

static int make_function(struct listener *l) {
    int rc;
    if (!(l->queue = malloc(sizeof *l->queue))) return bide_raise(BIDE_ENOMEM, NULL);
    rc = bide_queue_init(l->queue, 0);
    if (rc == 0) rc = bide_js_function("(event: Event): void", on_event, l->queue, free_queue, &l->function);
    if (rc != 0) free_queue(l->queue);
    return rc;
}

static int call_target(struct listener *l, const char *method) {
    bide_value args[2];
    args[0] = l->type, args[1] = l->function;
    return bide_js_call_method(l->target, method, args, 2, NULL);
}

static int listen(void *listener) {
    struct listener *l = listener;
    int rc;
    BIDE_TRY(make_function(l));
    rc = call_target(l, "addEventListener");
    if (rc != 0) bide_value_clear(&l->function);
    return rc;
}

static void listen_no_more(void *listener) {
    struct listener *l = listener;
    bide_ignore(call_target(l, "removeEventListener"));
    bide_value_clear(&l->function);
}

/** The events of a type, until JavaScript leaves its loop. */
BIDE_FUNCTION(events, "(target: EventTarget, type: string): AsyncGenerator<Event>") {
    struct listener listener = { .target = args[0], .type = args[1] };
    bide_value event;
    BIDE_GUARD(listen, listen_no_more, &listener);
    for (;;) {
        BIDE_TRY(bide_queue_get(listener.queue, &event));
        BIDE_TRY(bide_yield(event, NULL));
    }
}

static int next_event(void *queue) { return bide_queue_get(queue, NULL); }

/* Waits for an event, and for those that follow it within `pause` seconds each. */
static int count_row(bide_queue *queue, double pause, int *n) {
    int rc = next_event(queue);
    for (*n = 0; rc == 0; ++*n) rc = bide_wait_for_call(next_event, queue, pause, NULL);
    return rc == BIDE_ETIMEDOUT ? 0 : rc;
}

/** Shows how many clicks came in a row, until the call is cancelled. */
BIDE_FUNCTION(count_clicks, "(button: EventTarget, shown: { textContent: string | null }): Promise<void>") {
    BIDE_AUTO_VALUE bide_value type = bide_text("click");
    struct listener listener = { .target = args[0], .type = type };
    int n = 0;
    BIDE_GUARD(listen, listen_no_more, &listener);
    for (;;) {
        BIDE_TRY(bide_js_set(args[1], "textContent", bide_text(n == 1 ? "%d click" : "%d clicks", n)));
        BIDE_TRY(count_row(listener.queue, 0.3, &n));
    }
}
