/* parse.h -- a scenario's text.
 *
 *     scenario SEED slots N handles N max_tasks N max_calls N theme NAME
 *     lock N / sem N v b .. / event N / cond N l .. / queue N m .. / barrier N p .. / fut N / bodies N, a line each
 *     body 0
 *     DEPTH ID OP CATCH arguments..
 *     ..
 *     end
 *
 * The operations of a block follow it with DEPTH + 1. `DEPTH 0 handler 0` and
 * `DEPTH 0 final 0`, at the depth of their `try`, switch to those lists.
 *
 * The first mistake is kept with its line, and everything after it reads as
 * nothing: so no function here has to pass a failure on. */
#ifndef SCENARIO_PARSE_H
#define SCENARIO_PARSE_H

#include "program.h"

#include <errno.h>
#include <stdarg.h>

enum { MOST_OBJECTS = 10000, MOST_RUNS = 100000, MOST_NUMBER = 1000000000, MISTAKE_SIZE = 160 };

/* Where the next operation of a depth goes. */
struct level {
    int owner;                       /* the operation around it, 0: the body */
    int last;                        /* the operation before it in the list, 0: it will be the first */
    int section;                     /* of a try: 0 its operations, 1 the handler, 2 the clean-up */
};

struct parser {
    struct program *program;
    char *at, *end;                  /* what is left of the text; a 0 stands at the end */
    char *rest;                      /* what is left of the line */
    int line;
    int body;                        /* the body that is read */
    struct level levels[MOST_DEPTH + 2];
    int depth;                       /* the deepest that the next operation can have */
    char mistake[MISTAKE_SIZE];      /* "": none */
    int mistake_line;
};

__attribute__((format(printf, 2, 3))) static void complain(struct parser *p, const char *format, ...) {
    if (p->mistake[0]) return;
    va_list args;
    va_start(args, format);
    vsnprintf(p->mistake, sizeof p->mistake, format, args);
    va_end(args);
    p->mistake_line = p->line;
}

static bool failed(const struct parser *p) { return p->mistake[0] != '\0'; }

/* ------------------------------------------------------------------ lines and words */

/* Go to the next line; false at the end of the text. */
static bool next_line(struct parser *p) {
    p->line++;
    p->rest = NULL;
    if (p->at == p->end) return false;
    char *stop = memchr(p->at, '\n', (size_t)(p->end - p->at));
    if (!stop) stop = p->end;
    if (memchr(p->at, '\0', (size_t)(stop - p->at))) complain(p, "a zero byte");
    p->rest = p->at;
    p->at = stop == p->end ? stop : stop + 1;
    *stop = '\0';
    return true;
}

/* The next word of the line, NULL: there is none. */
static const char *next_word(struct parser *p) {
    if (!p->rest) return NULL;
    char *word = p->rest + strspn(p->rest, " ");
    if (*word == '\0') return NULL;
    p->rest = word + strcspn(word, " ");
    if (*p->rest) *p->rest++ = '\0';
    return word;
}

static const char *need_word(struct parser *p, const char *what) {
    const char *word = next_word(p);
    if (!word) complain(p, "%s is missing", what);
    return word ? word : "";
}

static void expect_word(struct parser *p, const char *expected) {
    const char *word = need_word(p, expected);
    if (strcmp(word, expected) != 0) complain(p, "\"%.40s\" stands where \"%s\" is expected", word, expected);
}

static void expect_line_end(struct parser *p) {
    const char *word = next_word(p);
    if (word) complain(p, "\"%.40s\" is more than the line can have", word);
}

static int64_t parse_number(struct parser *p, const char *word, const char *what, int64_t least, int64_t most) {
    char *stop;
    errno = 0;
    const long long n = strtoll(word, &stop, 10);
    const bool is_number = stop != word && *stop == '\0' && (*word == '-' || (*word >= '0' && *word <= '9')) && errno == 0;
    if (is_number && n >= least && n <= most) return n;
    if (is_number && most < least) complain(p, "%s is %lld, but there are none", what, n);
    else complain(p, "%s is \"%.40s\", not a number from %lld to %lld", what, word, (long long)least, (long long)most);
    return 0;
}

static int64_t number(struct parser *p, const char *what, int64_t least, int64_t most) {
    return parse_number(p, need_word(p, what), what, least, most);
}

static int64_t number_or_none(struct parser *p, const char *what, int64_t least, int64_t most) {
    const char *word = need_word(p, what);
    return strcmp(word, "none") == 0 ? NONE_GIVEN : parse_number(p, word, what, least, most);
}

/* ------------------------------------------------------------------ the objects */

static int labelled(struct parser *p, const char *label, int least, int most) {
    expect_word(p, label);
    return (int)number(p, label, least, most);
}

/* A line of a word and a count; further numbers may follow. */
static int count_line(struct parser *p, const char *label) {
    if (!next_line(p)) complain(p, "the text ends where \"%s\" is expected", label);
    return failed(p) ? 0 : labelled(p, label, 0, MOST_OBJECTS);
}

static int plain_count_line(struct parser *p, const char *label) {
    const int n = count_line(p, label);
    expect_line_end(p);
    return failed(p) ? 0 : n;
}

/* A line of a word, a count, and a number for each. */
static int *numbers_line(struct parser *p, const char *label, int *count, int least, int most) {
    const int n = count_line(p, label);
    int *numbers = need(calloc((size_t)n + 1, sizeof *numbers));
    for (int i = 0; i < n; i++) numbers[i] = (int)number(p, label, least, most);
    expect_line_end(p);
    *count = failed(p) ? 0 : n;
    return numbers;
}

static void semaphores_line(struct parser *p) {
    const int n = count_line(p, "sem");
    p->program->semaphores = need(calloc((size_t)n + 1, sizeof *p->program->semaphores));
    for (int i = 0; i < n; i++) {
        p->program->semaphores[i].value = (int)number(p, "the value of a semaphore", 0, MOST_NUMBER);
        p->program->semaphores[i].bounded = number(p, "whether a semaphore is bounded", 0, 1);
    }
    expect_line_end(p);
    p->program->counts.semaphores = failed(p) ? 0 : n;
}

static void first_line(struct parser *p) {
    if (!next_line(p)) complain(p, "the text is empty");
    expect_word(p, "scenario");
    need_word(p, "the seed");
    p->program->counts.slots = labelled(p, "slots", 0, MOST_OBJECTS);
    p->program->counts.handles = labelled(p, "handles", 0, MOST_OBJECTS);
    p->program->max_tasks = labelled(p, "max_tasks", 1, MOST_RUNS);
    p->program->max_calls = labelled(p, "max_calls", 0, MOST_RUNS);
    expect_word(p, "theme");
    need_word(p, "the theme");
    expect_line_end(p);
}

static void object_lines(struct parser *p) {
    struct program *const to = p->program;
    to->counts.locks = plain_count_line(p, "lock");
    semaphores_line(p);
    to->counts.events = plain_count_line(p, "event");
    to->conditions = numbers_line(p, "cond", &to->counts.conditions, -1, to->counts.locks - 1);
    to->queues = numbers_line(p, "queue", &to->counts.queues, 0, MOST_NUMBER);
    to->barriers = numbers_line(p, "barrier", &to->counts.barriers, 1, MOST_NUMBER);
    to->counts.futures = plain_count_line(p, "fut");
    const int bodies = plain_count_line(p, "bodies");
    if (bodies == 0) complain(p, "there is no body, so no main");
    to->bodies = need(calloc((size_t)bodies + 1, sizeof *to->bodies));
    to->counts.bodies = bodies;
}

/* ------------------------------------------------------------------ an operation's arguments */

static int64_t item(struct parser *p) {
    const struct counts *c = &p->program->counts;
    return number(p, "a task's slot, or -1 - the number of a future,", -c->futures, c->slots - 1);
}

static int64_t error_code(struct parser *p) {
    const char *word = need_word(p, "the error");
    for (int i = 0; i < RAISABLE; i++)
        if (strcmp(word, raisable[i].name) == 0) return raisable[i].code;
    complain(p, "\"%.40s\" is no error to raise", word);
    return 0;
}

static int64_t wait_mode(struct parser *p) {
    const char *word = need_word(p, "what to wait for");
    for (int i = 0; i < WAIT_MODES; i++)
        if (strcmp(word, wait_modes[i]) == 0) return i;
    complain(p, "\"%.40s\" stands where all, first or exc is expected", word);
    return 0;
}

static void item_list(struct parser *p, struct op *op) {
    op->first_item = p->program->item_count;
    op->item_count = (int)number(p, "the number of items", 0, MOST_OBJECTS);
    for (int i = 0; i < op->item_count && !failed(p); i++) program_add_item(p->program, (int)item(p));
}

static int64_t argument(struct parser *p, char letter) {
    const struct counts *c = &p->program->counts;
    switch (letter) {
    case 'k': return number(p, "the number", -MOST_NUMBER, MOST_NUMBER);
    case 't': return number(p, "the time", -MOST_NUMBER, MOST_NUMBER);
    case 'T': return number_or_none(p, "the time", -MOST_NUMBER, MOST_NUMBER);
    case 'y': return number(p, "the flag", 0, 1);
    case 'n': return number(p, "the count", 0, MOST_NUMBER);
    case 'e': return error_code(p);
    case 'm': return wait_mode(p);
    case 'i': return item(p);
    case 'b': return number(p, "the body, higher than the one it stands in,", p->body + 1, c->bodies - 1);
    case 's': return number(p, "the task's slot", 0, c->slots - 1);
    case 'h': return number(p, "the timer handle's slot", 0, c->handles - 1);
    case 'L': return number(p, "the lock", 0, c->locks - 1);
    case 'S': return number(p, "the semaphore", 0, c->semaphores - 1);
    case 'E': return number(p, "the event", 0, c->events - 1);
    case 'C': return number(p, "the condition", 0, c->conditions - 1);
    case 'Q': return number(p, "the queue", 0, c->queues - 1);
    case 'F': return number(p, "the future", 0, c->futures - 1);
    default: return number(p, "the barrier", 0, c->barriers - 1);
    }
}

static void read_arguments(struct parser *p, struct op *op) {
    int n = 0;
    for (const char *letter = operations[op->kind].arguments; *letter; letter++) {
        if (*letter == '*') item_list(p, op);
        else op->arguments[n++] = argument(p, *letter);
    }
    expect_line_end(p);
}

/* ------------------------------------------------------------------ bodies */

static bool lacks_its_operation(const struct parser *p, const struct level *level) {
    const struct op *owner = &p->program->ops[level->owner];
    return level->owner && operations[owner->kind].shape == HOLDER && !owner->ops;
}

/* Operations deeper than `depth` have ended. */
static void close_levels(struct parser *p, int depth) {
    for (; p->depth > depth; p->depth--) {
        const struct level *level = &p->levels[p->depth];
        if (lacks_its_operation(p, level)) complain(p, "the callback before this line has no operation");
    }
}

/* The index field that a list's next operation is to be written to. */
static int *next_link(struct parser *p, const struct level *level) {
    struct program *const to = p->program;
    if (level->last) return &to->ops[level->last].next;
    if (!level->owner) return &to->bodies[p->body];
    struct op *owner = &to->ops[level->owner];
    return level->section == 2 ? &owner->final : level->section == 1 ? &owner->handler : &owner->ops;
}

static void append(struct parser *p, int index) {
    struct level *level = &p->levels[p->depth];
    const enum shape shape = operations[p->program->ops[index].kind].shape;
    const bool in_callback = level->owner && operations[p->program->ops[level->owner].kind].shape == HOLDER;
    if (in_callback && shape != DOABLE) complain(p, "a callback cannot do this operation");
    *next_link(p, level) = index;
    level->last = index;
    if (in_callback) p->depth--;                   /* it has one operation only */
    else if (shape == BLOCK || shape == HOLDER) p->levels[++p->depth] = (struct level){ .owner = index };
}

static int operation_named(const char *name) {
    for (int kind = NO_OP + 1; kind < OP_COUNT; kind++)
        if (strcmp(name, operations[kind].name) == 0) return kind;
    return NO_OP;
}

/* DEPTH 0 handler 0, or final: go to another list of the try. */
static void switch_section(struct parser *p, int depth, int section) {
    struct level *level = &p->levels[depth + 1];
    number(p, "catch", 0, 0);
    expect_line_end(p);
    const bool in_try = depth < p->depth && level->owner && p->program->ops[level->owner].kind == OP_try;
    if (!in_try || level->section >= section) complain(p, "this list belongs to no try, or stands in wrong order");
    if (failed(p)) return;
    close_levels(p, depth + 1);
    *level = (struct level){ .owner = level->owner, .section = section };
}

static void new_operation(struct parser *p, int depth, int64_t id, const char *name) {
    const int kind = operation_named(name);
    if (!kind) complain(p, "\"%.40s\" is no operation", name);
    close_levels(p, depth);
    if (depth == MOST_DEPTH) complain(p, "blocks are nested more than %d deep", MOST_DEPTH - 1);
    if (failed(p)) return;
    const int index = program_add_op(p->program, kind);
    struct op *op = &p->program->ops[index];
    op->id = id;
    op->catches = (int)number(p, "catch", CATCH_NONE, CATCH_ALL);
    read_arguments(p, op);
    append(p, index);
}

/* DEPTH ID OP CATCH arguments.. */
static void operation_line(struct parser *p, const char *first_word) {
    const int depth = (int)parse_number(p, first_word, "the depth", 1, p->depth);
    const int64_t id = number(p, "the id", 0, MOST_NUMBER);
    const char *name = need_word(p, "the operation");
    if (failed(p)) return;
    if (strcmp(name, "handler") == 0) switch_section(p, depth, 1);
    else if (strcmp(name, "final") == 0) switch_section(p, depth, 2);
    else new_operation(p, depth, id, name);
}

/* The lines of one body; the word that follows it: "body" or "end". */
static const char *body_lines(struct parser *p) {
    p->depth = 1;
    p->levels[1] = (struct level){ .owner = 0 };
    while (!failed(p)) {
        if (!next_line(p)) complain(p, "the text ends where \"end\" is expected");
        const char *word = need_word(p, "an operation");
        if (failed(p)) break;
        if (strcmp(word, "body") != 0 && strcmp(word, "end") != 0) {
            operation_line(p, word);
            continue;
        }
        close_levels(p, 0);
        return word;
    }
    return "";
}

static void bodies(struct parser *p) {
    if (!next_line(p)) complain(p, "the text ends where \"body\" is expected");
    const char *word = need_word(p, "body");
    for (p->body = 0; p->body < p->program->counts.bodies && !failed(p); p->body++) {
        if (strcmp(word, "body") != 0) complain(p, "\"%.40s\" stands where \"body\" is expected", word);
        number(p, "the body's number, counted from 0,", p->body, p->body);
        expect_line_end(p);
        word = body_lines(p);
    }
    if (strcmp(word, "end") != 0) complain(p, "\"%.40s\" stands where \"end\" is expected", word);
    expect_line_end(p);
    while (!failed(p) && next_line(p)) expect_line_end(p);
}

/* ------------------------------------------------------------------ all of it */

/* Read the `size` bytes at `text`, which are followed by a 0 and are changed. NULL, or what is wrong, with its line. */
static const char *program_parse(struct program *to, char *text, size_t size, int *line, char mistake[MISTAKE_SIZE]) {
    struct parser p = { .program = to, .at = text, .end = text + size };
    *to = (struct program){ .op_count = 0 };
    first_line(&p);
    object_lines(&p);
    bodies(&p);
    if (!failed(&p) && !program_measure(to)) complain(&p, "blocks and calls are nested more than %d deep", MOST_LEVELS);
    if (!failed(&p)) return NULL;
    program_free(to);
    *line = p.mistake_line;
    return memcpy(mistake, p.mistake, MISTAKE_SIZE);
}

#endif
