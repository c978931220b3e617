/* generator_js.c -- typed functions that are generators; js/runtime/generators.js is the other side.
 *
 * An asynchronous one is a task (call.c) from the first request on. It answers one
 * request after the other: JavaScript makes the next when the last is answered. It
 * ends with the generator. A plain one runs in its caller, as a synchronous call
 * does. */
#include "call.h"
#include "generator/generator.h"
#include "returning/returning.h"
#include "task/waiter.h"

enum { STREAM_NEXT, STREAM_THROW, STREAM_RETURN, STREAM_ANSWERED };

/* Stands before the arguments. */
struct stream {
    bide_generator *generator;
    int request;
    bide_value sent;      /* what next() sends, or the ERROR of throw() */
};
enum { STREAM_UNITS = (sizeof(struct stream) + sizeof(union call_value) - 1) / sizeof(union call_value) };

/* The task of the call `id` has an item. */
BIDE__JS_IMPORT("function_item") void js_function_item(int id, const bide_value *item);

static struct stream *stream_of(struct call *call) { return (struct stream *)call->arguments; }
static bide_value *stream_args(struct call *call) { return (bide_value *)(call->arguments + STREAM_UNITS); }
static uint32_t stream_count(const struct call *call) { return (call->count - STREAM_UNITS) * sizeof(union call_value) / sizeof(bide_value); }

/* ------------------------------------------------------------------ in its task */

static int stream_body(void *arg) {
    struct call *call = arg;
    return bide__typed_run(call->typed, stream_args(call));
}

/* 0: it has an item, or was closed. */
static int stream_drive(struct stream *s, bide_value *item) {
    const int request = s->request;
    s->request = STREAM_ANSWERED;
    if (request == STREAM_RETURN) return bide_generator_close(s->generator);
    if (request == STREAM_THROW) return bide__generator_throw(s->generator, &s->sent, item);
    bide_value sent = s->sent;
    s->sent.kind = BIDE_NONE;
    return bide_generator_send(s->generator, sent, item);
}

/* Answer requests until the generator ends. */
static int stream_serve(struct call *call) {
    struct stream *s = stream_of(call);
    for (;;) {
        if (s->request == STREAM_ANSWERED) {
            BIDE_TRY(bide__wait(bide__task_of(call->task), "JavaScript to ask for an item"));
            continue;
        }
        const bool closes = s->request == STREAM_RETURN;
        bide_value item = { .kind = BIDE_NONE };
        const int rc = stream_drive(s, &item);
        bide__clear(&s->sent);
        if (closes || rc != 0) return rc == BIDE_ESTOP ? 0 : rc;
        js_function_item(call->id, &item);
        bide__clear(&item);
    }
}

int bide__stream_run(struct call *call) {
    const bide_task_options options = { .stack_size = call->typed->options.stack_size };
    struct stream *s = stream_of(call);
    s->generator = bide_generator_new_with(&options, true, stream_body, call);
    if (!s->generator) return bide_last_error();
    int rc = stream_serve(call);
    if (rc == BIDE_ECANCELED) bide__drop(bide_generator_close(s->generator));
    bide_generator_release(s->generator);
    return rc;
}
BIDE__SUSPENDS(bide__stream_run);

void bide__stream_clear(struct call *call) {
    bide__clear(&stream_of(call)->sent);
    for (uint32_t i = 0; i < stream_count(call); i++) bide__clear(&stream_args(call)[i]);
}

/* ------------------------------------------------------------------ from JavaScript */

/* A task that answers next(), with arguments that stand in a room, which it takes. Answers as bide__js_call does. */
BIDE__JS_EXPORT("bide__js_stream_start") union call_value *bide__js_stream_start(int id, uint32_t number, const bide__function *typed, uint32_t count, bide_value *room) {
    struct call *call = bide__call_new(id, number, STREAM_UNITS + count * sizeof(bide_value) / sizeof(union call_value), 0);
    if (!call) return NULL;
    call->type = CALL_STREAM, call->typed = typed;
    *stream_of(call) = (struct stream){ .request = STREAM_NEXT, .sent = { .kind = BIDE_NONE } };
    for (uint32_t i = 0; i < count; i++) stream_args(call)[i] = room[i + 1];
    bide__free(room, (count + 1) * sizeof *room);
    return call->arguments;
}

/* Where the next request's value is to be written. */
BIDE__JS_EXPORT("bide__js_stream_sent") bide_value *bide__js_stream_sent(struct stream *s) { return &s->sent; }

/* Make a request, when the last one is answered. `at_once`: no C function is on the stack, so the task may run now.
 * True: a turn is wanted. */
BIDE__JS_EXPORT("bide__js_stream_ask") bool bide__js_stream_ask(struct stream *s, int request, bool at_once) {
    bide__task *t = bide__task_of(bide__call_of((union call_value *)s)->task);
    s->request = request;
    if (at_once && t->waiter == BIDE__WAITER_PENDING) return !bide__returning_step(t) || s->request != STREAM_ANSWERED;
    bide__wake(t);
    return true;
}

BIDE__LINK_GENERATOR("--undefined=bide__js_stream_start");

/* ------------------------------------------------------------------ without waiting */

struct plain {
    bide_generator *generator;
    const bide__function *typed;
    uint32_t count;
    bide_value args[];
};

static int plain_body(void *arg) {
    const struct plain *p = arg;
    return bide__typed_run(p->typed, p->args);
}

static void plain_free(struct plain *p) { bide__free(p, sizeof *p + p->count * sizeof p->args[0]); }

/* With arguments that stand in a room, which it takes; NULL: no memory. */
BIDE__JS_EXPORT("bide__js_generator_new") struct plain *bide__js_generator_new(const bide__function *typed, uint32_t count, bide_value *room) {
    struct plain *p = bide__alloc(sizeof *p + count * sizeof p->args[0]);
    if (!p) return NULL;
    *p = (struct plain){ .typed = typed, .count = count };
    p->generator = bide_generator_new(plain_body, p);
    if (!p->generator) return plain_free(p), NULL;
    for (uint32_t i = 0; i < count; i++) p->args[i] = room[i + 1];
    bide__free(room, (count + 1) * sizeof *room);
    return p;
}

static int plain_ask(struct plain *p, int request, bide_value *room) {
    bide_value sent = room[1];
    if (request == STREAM_RETURN) return bide_generator_close(p->generator);
    if (request == STREAM_THROW) return bide__generator_throw(p->generator, &room[1], &room[0]);
    room[1].kind = BIDE_NONE;
    return bide_generator_send(p->generator, sent, &room[0]);
}

/* Make a request with what stands behind `room`, where the item or an ERROR is written. False: there is no item. */
BIDE__JS_EXPORT("bide__js_generator_ask") bool bide__js_generator_ask(struct plain *p, int request, bide_value *room) {
    bide__coroutine *outer = bide__current, own = { .result = NULL };
    bide__current = &own;
    room->kind = BIDE_NONE;
    const int rc = plain_ask(p, request, room);
    if (rc != 0 && rc != BIDE_ESTOP) bide__set_error(room, rc, bide__message_of(&own, rc));
    bide__coroutine_clear(&own);
    bide__current = outer;
    return rc == 0 && request != STREAM_RETURN;
}

BIDE__JS_EXPORT("bide__js_generator_drop") void bide__js_generator_drop(struct plain *p) {
    bide_generator_release(p->generator);
    for (uint32_t i = 0; i < p->count; i++) bide__clear(&p->args[i]);
    plain_free(p);
}
