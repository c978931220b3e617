/* iterate_js.c -- what is iterable in JavaScript is a generator in C: bide_js_iterate; js/runtime/iterators.js is the other side.
 *
 * The generator's function asks the iterator for one item after the other, and awaits
 * each if the iterator is an asynchronous one. When the generator is closed, bide_yield
 * says so, and the iterator's return() is called. */
#include "outcome.h"
#include "generator/generator.h"

enum iterator_answer { ITERATOR_NO_MEMORY, ITERATOR_DONE, ITERATOR_GAVE };

/* Write the iterator, or an ERROR; false: no memory. */
BIDE__JS_IMPORT("iterator_of") bool js_iterator_of(const bide_value *iterable, bool *is_async, bide_value *out);
/* Call next() with what was sent, and write the item, or the promise of an asynchronous one, or an ERROR. */
BIDE__JS_IMPORT("iterator_next") enum iterator_answer js_iterator_next(const bide_value *iterator, const bide_value *sent, bool is_async, bide_value *out);
/* The same with what that promise was fulfilled with. */
BIDE__JS_IMPORT("iterator_result") enum iterator_answer js_iterator_result(const bide_value *result, bide_value *out);
/* Call return(), if there is one. Write what it answers, or an ERROR; false: no memory. */
BIDE__JS_IMPORT("iterator_return") bool js_iterator_return(const bide_value *iterator, bool is_async, bide_value *out);

struct iteration { bide_value iterator; bool is_async; };

/* 0: `item` is there. BIDE_ESTOP: there is none any more. */
static int iterate_answer(enum iterator_answer answer, bide_value v, bide_value *item) {
    BIDE_TRY(bide__outcome_end(answer != ITERATOR_NO_MEMORY, v, item));
    if (answer == ITERATOR_GAVE) return 0;
    bide_value_clear(item);
    return BIDE_ESTOP;
}

static int iterate_ask(const struct iteration *it, const bide_value *sent, bide_value *item) {
    bide_value v;
    bide__coroutine *caller = bide__js_leave();
    const enum iterator_answer answer = js_iterator_next(&it->iterator, sent, it->is_async, &v);
    bide__js_back(caller);
    return iterate_answer(answer, v, item);
}

static int iterate_look(const bide_value *result, bide_value *item) {
    bide_value v;
    bide__coroutine *caller = bide__js_leave();
    const enum iterator_answer answer = js_iterator_result(result, &v);
    bide__js_back(caller);
    return iterate_answer(answer, v, item);
}

/* The next item, with what was sent for it, which is taken. */
static int iterate_next(const struct iteration *it, bide_value *sent, bide_value *item) {
    const int rc = iterate_ask(it, sent, item);
    bide_value_clear(sent);
    if (rc != 0 || !it->is_async) return rc;
    bide_value promise = *item, result;
    const int awaited = bide_js_await(promise, &result);
    bide_value_clear(&promise);
    if (awaited != 0) return awaited;
    const int looked = iterate_look(&result, item);
    bide_value_clear(&result);
    return looked;
}

static int iterate_return(const struct iteration *it, bide_value *returned) {
    bide_value v;
    bide__coroutine *caller = bide__js_leave();
    const bool is_there = js_iterator_return(&it->iterator, it->is_async, &v);
    bide__js_back(caller);
    return bide__outcome_end(is_there, v, returned);
}

/* The generator ends early with `rc`. If it is closed, an error of return() is told, as at the end of a `for` by break. */
static int iterate_close(const struct iteration *it, int rc) {
    bide_value returned;
    int ended = iterate_return(it, &returned);
    if (ended == 0 && it->is_async) ended = bide_js_await(returned, NULL);
    bide_value_clear(&returned);
    return rc == BIDE_EEXIT && ended != 0 ? ended : rc;
}

static int iterate(void *arg) {
    const struct iteration *it = arg;
    bide_value item, sent = { .kind = BIDE_NONE };
    for (;;) {
        int rc = iterate_next(it, &sent, &item);
        /* An asynchronous iterator that is asked still answers some time, and return() then ends it: nobody waits for that. */
        if (rc == BIDE_ECANCELED) bide__drop(iterate_return(it, NULL));
        if (rc != 0) return rc == BIDE_ESTOP ? 0 : rc;
        rc = bide_yield(item, &sent);
        if (rc != 0) return iterate_close(it, rc);
    }
}

static void iterate_drop(void *arg) { bide_value_clear(&((struct iteration *)arg)->iterator); }

/* With the iterator, which it takes; NULL: no memory. */
static bide_generator *iterate_new(struct iteration *it) {
    const bide_task_options options = { .arg_size = sizeof *it };
    bide_generator *g = bide_generator_new_with(&options, it->is_async, iterate, it);
    if (g) bide__generator_drops(g, iterate_drop);
    else iterate_drop(it);
    return g;
}

int bide_js_iterate(bide_value iterable, bide_generator **out) {
    struct iteration it = { .iterator = { .kind = BIDE_NONE } };
    bide_value v;
    if (out) *out = NULL;
    bide__coroutine *caller = bide__js_leave();
    const bool is_there = js_iterator_of(&iterable, &it.is_async, &v);
    bide__js_back(caller);
    BIDE_TRY(bide__outcome_end(is_there, v, &it.iterator));
    bide_generator *g = iterate_new(&it);
    if (!g) return BIDE_ENOMEM;
    if (out) *out = g;
    else bide_generator_release(g);
    return 0;
}
