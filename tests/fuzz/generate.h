/* generate.h -- a valid scenario from any bytes.
 *
 * Each choice takes a byte, and each byte is a choice. So a fuzzer that changes
 * its input changes the program, and never makes a mistake in a text. When the
 * bytes are used up the program ends. */
#ifndef FUZZ_GENERATE_H
#define FUZZ_GENERATE_H

#include "../c/scenario/program.h"

#include <stddef.h>

enum { MOST_OPS = 160, MOST_NESTED = 6, MOST_LISTED = 5 };

struct bytes {
    const uint8_t *at, *end;
    struct program *program;
    bool tame;                       /* only the holder of a lock does cond_wait, so that a lock has one owner */
    int body;                        /* the body that is made */
};

static unsigned next_byte(struct bytes *b) { return b->at < b->end ? *b->at++ : 0; }

/* One of 0 to n - 1. */
static int choose_below(struct bytes *b, int n) { return (int)(next_byte(b) % (unsigned)n); }

/* ------------------------------------------------------------------ objects */

static int *choose_numbers(struct bytes *b, int *count, int most, int least, int below) {
    int *numbers = need(calloc((size_t)most, sizeof *numbers));
    *count = 1 + choose_below(b, most);
    for (int i = 0; i < *count; i++) numbers[i] = least + choose_below(b, below - least);
    return numbers;
}

static void choose_objects(struct bytes *b) {
    struct program *p = b->program;
    struct counts *c = &p->counts;
    p->max_tasks = 24, p->max_calls = 16;
    c->slots = 6, c->handles = 2, c->events = 1;
    c->locks = 1 + choose_below(b, 2);
    c->futures = 1 + choose_below(b, 4);
    p->conditions = choose_numbers(b, &c->conditions, 2, -1, c->locks);
    p->queues = choose_numbers(b, &c->queues, 2, 0, 3);
    p->barriers = choose_numbers(b, &c->barriers, 2, 1, 4);
    c->semaphores = 1 + choose_below(b, 2);
    p->semaphores = need(calloc(2, sizeof *p->semaphores));
    for (int i = 0; i < c->semaphores; i++) {
        p->semaphores[i].value = choose_below(b, 3);
        p->semaphores[i].bounded = choose_below(b, 2);
    }
    c->bodies = 1 + choose_below(b, 5);
    p->bodies = need(calloc((size_t)c->bodies, sizeof *p->bodies));
}

/* ------------------------------------------------------------------ arguments */

static int64_t choose_item(struct bytes *b) {
    const struct counts *c = &b->program->counts;
    return choose_below(b, c->slots + c->futures) - c->futures;
}

static int64_t choose_time(struct bytes *b) {
    static const int times[] = { 0, 0, 1, 1, 2, 3, 5, -1 };
    return times[choose_below(b, sizeof times / sizeof *times)];
}

static void choose_list(struct bytes *b, int index) {
    const int n = 1 + choose_below(b, MOST_LISTED);
    b->program->ops[index].first_item = b->program->item_count;
    b->program->ops[index].item_count = n;
    for (int i = 0; i < n; i++) program_add_item(b->program, (int)choose_item(b));
}

static int64_t choose_argument(struct bytes *b, char letter) {
    const struct counts *c = &b->program->counts;
    switch (letter) {
    case 'k': return choose_below(b, 16);
    case 't': return choose_time(b);
    case 'T': return choose_below(b, 8) == 0 ? NONE_GIVEN : choose_time(b);
    case 'y': return choose_below(b, 2);
    case 'n': return choose_below(b, 4);
    case 'e': return raisable[choose_below(b, RAISABLE)].code;
    case 'm': return choose_below(b, WAIT_MODES);
    case 'i': return choose_item(b);
    case 'b': return b->body + 1 + choose_below(b, c->bodies - b->body - 1);
    case 's': return choose_below(b, c->slots);
    case 'h': return choose_below(b, c->handles);
    case 'L': return choose_below(b, c->locks);
    case 'S': return choose_below(b, c->semaphores);
    case 'E': return choose_below(b, c->events);
    case 'C': return choose_below(b, c->conditions);
    case 'Q': return choose_below(b, c->queues);
    case 'F': return choose_below(b, c->futures);
    default: return choose_below(b, c->barriers);
    }
}

static void choose_arguments(struct bytes *b, int index, int condition) {
    int n = 0;
    for (const char *letter = operations[b->program->ops[index].kind].arguments; *letter; letter++) {
        if (*letter == '*') { choose_list(b, index); continue; }
        const int64_t value = choose_argument(b, *letter);
        b->program->ops[index].arguments[n++] = value;
    }
    if (b->program->ops[index].kind == OP_cond_wait && b->tame) b->program->ops[index].arguments[0] = condition;
}

/* ------------------------------------------------------------------ operations */

/* What cannot stand here becomes a log. `condition`: that of the block around it, -1: none. */
static int possible_kind(const struct bytes *b, int kind, int nested, int condition) {
    const bool calls = strchr(operations[kind].arguments, 'b') != NULL;
    if (calls && b->body + 1 >= b->program->counts.bodies) return OP_log;
    if (operations[kind].shape == BLOCK && nested >= MOST_NESTED) return OP_log;
    return kind == OP_cond_wait && b->tame && condition < 0 ? OP_log : kind;
}

static int choose_done_by_callback(struct bytes *b) {
    int kinds[OP_COUNT], n = 0;
    for (int kind = NO_OP + 1; kind < OP_COUNT; kind++)
        if (operations[kind].shape == DOABLE) kinds[n++] = kind;
    const int index = program_add_op(b->program, kinds[choose_below(b, n)]);
    choose_arguments(b, index, -1);
    return index;
}

static int choose_ops(struct bytes *b, int nested, int condition);

/* The lists of a block, or the one operation of a callback. */
static void choose_inner(struct bytes *b, int index, int nested, int condition) {
    const struct op *op = &b->program->ops[index];
    const int kind = op->kind;
    if (operations[kind].shape == HOLDER) {
        const int inner = choose_done_by_callback(b);
        b->program->ops[index].ops = inner;
    }
    if (operations[kind].shape != BLOCK) return;
    const int ops = choose_ops(b, nested + 1, kind == OP_cond ? (int)op->arguments[0] : kind == OP_lock ? -1 : condition);
    b->program->ops[index].ops = ops;
    if (kind != OP_try) return;
    const int handler = choose_ops(b, nested + 1, condition), final = choose_ops(b, nested + 1, condition);
    b->program->ops[index].handler = handler, b->program->ops[index].final = final;
}

/* The first of a list of operations; 0: the list is empty. */
static int choose_ops(struct bytes *b, int nested, int condition) {
    int first = 0, last = 0;
    while (b->at < b->end && b->program->op_count < MOST_OPS) {
        const unsigned byte = next_byte(b);
        if (byte == 0) break;
        const int kind = possible_kind(b, 1 + (int)(byte - 1) % (OP_COUNT - 1), nested, condition);
        const int index = program_add_op(b->program, kind);
        b->program->ops[index].id = index;
        b->program->ops[index].catches = (int)((byte - 1) / (OP_COUNT - 1)) % 3;
        choose_arguments(b, index, condition);
        choose_inner(b, index, nested, condition);
        if (last) b->program->ops[last].next = index;
        else first = index;
        last = index;
    }
    return first;
}

/* The scenario that the bytes stand for. Free it with program_free. */
static void program_generate(struct program *p, const uint8_t *data, size_t size, bool tame) {
    struct bytes b = { .at = data, .end = data + size, .program = p, .tame = tame };
    *p = (struct program){ .op_count = 0 };
    choose_objects(&b);
    for (b.body = 0; b.body < p->counts.bodies; b.body++) {
        const int first = choose_ops(&b, 0, -1);
        p->bodies[b.body] = first;
    }
    program_measure(p);
}

#endif
