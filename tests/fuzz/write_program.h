/* write_program.h -- a generated program as the text of a scenario, to be looked at and run by tests/c/scenario.c. */
#ifndef FUZZ_WRITE_PROGRAM_H
#define FUZZ_WRITE_PROGRAM_H

#include "../c/scenario/program.h"

static void write_numbers(FILE *out, const char *label, const int *numbers, int count) {
    fprintf(out, "%s %d", label, count);
    for (int i = 0; i < count; i++) fprintf(out, " %d", numbers[i]);
    fputc('\n', out);
}

static void write_objects(FILE *out, const struct program *p) {
    const struct counts *c = &p->counts;
    fprintf(out, "scenario 0 slots %d handles %d max_tasks %d max_calls %d theme fuzz\n", c->slots, c->handles, p->max_tasks, p->max_calls);
    fprintf(out, "lock %d\nsem %d", c->locks, c->semaphores);
    for (int i = 0; i < c->semaphores; i++) fprintf(out, " %d %d", p->semaphores[i].value, p->semaphores[i].bounded);
    fprintf(out, "\nevent %d\n", c->events);
    write_numbers(out, "cond", p->conditions, c->conditions);
    write_numbers(out, "queue", p->queues, c->queues);
    write_numbers(out, "barrier", p->barriers, c->barriers);
    fprintf(out, "fut %d\nbodies %d\n", c->futures, c->bodies);
}

static const char *error_of(int64_t code) {
    for (int i = 0; i < RAISABLE; i++)
        if (raisable[i].code == code) return raisable[i].name;
    return "?";
}

static void write_arguments(FILE *out, const struct program *p, const struct op *op) {
    int n = 0;
    for (const char *letter = operations[op->kind].arguments; *letter; letter++) {
        if (*letter == '*') {
            fprintf(out, " %d", op->item_count);
            for (int i = 0; i < op->item_count; i++) fprintf(out, " %d", p->items[op->first_item + i]);
            continue;
        }
        const int64_t value = op->arguments[n++];
        if (*letter == 'e') fprintf(out, " %s", error_of(value));
        else if (*letter == 'm') fprintf(out, " %s", wait_modes[value]);
        else if (value == NONE_GIVEN) fputs(" none", out);
        else fprintf(out, " %lld", (long long)value);
    }
    fputc('\n', out);
}

static void write_list(FILE *out, const struct program *p, int first, int depth) {
    for (int i = first; i; i = p->ops[i].next) {
        const struct op *op = &p->ops[i];
        fprintf(out, "%d %lld %s %d", depth, (long long)op->id, operations[op->kind].name, op->catches);
        write_arguments(out, p, op);
        write_list(out, p, op->ops, depth + 1);
        if (op->handler) fprintf(out, "%d 0 handler 0\n", depth);
        write_list(out, p, op->handler, depth + 1);
        if (op->final) fprintf(out, "%d 0 final 0\n", depth);
        write_list(out, p, op->final, depth + 1);
    }
}

static void write_program(FILE *out, const struct program *p) {
    write_objects(out, p);
    for (int b = 0; b < p->counts.bodies; b++) {
        fprintf(out, "body %d\n", b);
        write_list(out, p, p->bodies[b], 1);
    }
    fputs("end\n", out);
}

#endif
