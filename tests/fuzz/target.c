/* target.c -- libFuzzer's target: random asyncio programs against the core.
 *
 *   byte 0          'T': the rest is the text of a scenario. Else bit 0: a tame program, see generate.h
 *   bytes 1 and 2   which allocation fails; 0: none
 *   the rest        the program
 *
 * The target checks more than the sanitizers do. At the end of each run every task
 * has ended, nobody is in a queue of waiting tasks, and every block of the library's
 * memory is free. During a run a lock has one owner at most, a semaphore is never
 * taken beyond its value, an item that was put is got once, and a barrier's index
 * is in range. In a deadlock nobody waits for what is there, such as a lock that is
 * free, or an item that is in its queue.
 *
 * A deadlock that comes again while tasks leave closes the loop. Then the frames
 * that still wait are lost, and with them what they own.
 *
 * With BIDE_FUZZ_TRACE in the environment it prints each program and its trace. */
#include "../c/alloc_counting.h"
#include "../c/scenario/engine.h"
#include "../c/scenario/parse.h"
#include "generate.h"
#include "write_program.h"

#pragma GCC diagnostic ignored "-Wunused-function"

enum { HEAD = 3, MOST_LOCKS = 4, ITEMS = 16, OBJECTS = 2 };

/* What is known of the run's objects, if the program is generated. */
static struct {
    bool tame, lost_frames;
    bool taken[MOST_LOCKS];
    int available[OBJECTS];              /* of each semaphore */
    int put[OBJECTS][ITEMS];             /* in each queue, of each number: put and not got */
} known;

#define MUST(holds) must((holds), #holds, __LINE__)

static void must(bool holds, const char *what, int line) {
    if (holds) return;
    fprintf(stderr, "target.c:%d: not so: %s\n", line, what);
    abort();
}

static void lock_taken(struct run *run, int lock) {
    if (!known.tame) return;
    MUST(!known.taken[lock]);
    known.taken[lock] = true;
}

static void lock_given(struct run *run, int lock) {
    if (!known.tame) return;
    MUST(known.taken[lock]);
    known.taken[lock] = false;
}

static void semaphore_changed(struct run *run, int semaphore, int by) {
    known.available[semaphore] += by;
    MUST(known.available[semaphore] >= 0);
}

static void item_put(struct run *run, int queue, int64_t item) { known.put[queue][item]++; }

static void item_got(struct run *run, int queue, int64_t item) {
    MUST(item >= 0 && item < ITEMS);
    MUST(known.put[queue][item] > 0);
    known.put[queue][item]--;
}

static void barrier_passed(struct run *run, int barrier, int index) {
    MUST(index >= 0 && index < run->program->barriers[barrier]);
}

static void nobody_waits(const bide__waiters *waiting) { MUST(!waiting->first && !waiting->last); }

static void no_task_waits(const struct run *run) {
    const struct counts *c = &run->program->counts;
    for (int i = 0; i < c->locks; i++) nobody_waits(&run->locks[i].waiting);
    for (int i = 0; i < c->semaphores; i++) nobody_waits(&run->semaphores[i].waiting);
    for (int i = 0; i < c->events; i++) nobody_waits(&run->events[i].waiting);
    for (int i = 0; i < c->conditions; i++) nobody_waits(&run->conditions[i].waiting), nobody_waits(&run->conditions[i].own.waiting);
    for (int i = 0; i < c->queues; i++) {
        nobody_waits(&run->queues[i].getters), nobody_waits(&run->queues[i].putters);
        nobody_waits(&run->queues[i].finished.waiting);
    }
    for (int i = 0; i < c->barriers; i++) nobody_waits(&run->barriers[i].condition.waiting);
}

static void no_lock_is_idle(const bide_lock *lock) { MUST(lock->is_locked || !lock->waiting.first); }

static void nothing_is_idle(struct run *run) {
    const struct counts *c = &run->program->counts;
    for (int i = 0; i < c->locks; i++) no_lock_is_idle(&run->locks[i]);
    for (int i = 0; i < c->conditions; i++) no_lock_is_idle(&run->conditions[i].own);
    for (int i = 0; i < c->barriers; i++) no_lock_is_idle(&run->barriers[i].condition.own);
    for (int i = 0; i < c->semaphores; i++) MUST(run->semaphores[i].value == 0 || !run->semaphores[i].waiting.first);
    for (int i = 0; i < c->events; i++) MUST(!run->events[i].is_set || !run->events[i].waiting.first);
    for (int i = 0; i < c->queues; i++) {
        const bide_queue *q = &run->queues[i];
        MUST((q->count == 0 && !q->is_shutdown) || !q->getters.first);
        MUST((bide_queue_full(q) && !q->is_shutdown) || !q->putters.first);
        MUST(q->unfinished > 0 || !q->finished.waiting.first);
    }
}

static void ended(struct run *run) {
    MUST(bide_all_tasks(run->loop, NULL, 0) == 0);
    no_task_waits(run);
    known.lost_frames = bide_loop_is_closed(run->loop);
    for (int i = 0; known.tame && !known.lost_frames && i < MOST_LOCKS; i++) MUST(!known.taken[i]);
}

static const struct observer nobody = { .deadlocked = nothing_is_idle, .ended = ended };
static const struct observer observer = { nothing_is_idle, ended, lock_taken, lock_given, semaphore_changed, item_put, item_got, barrier_passed };

static FILE *trace;                      /* stdout or /dev/null */
static bool is_traced;

static void run_and_check(struct program *p, const struct observer *told) {
    const long before = alloc_live();
    if (is_traced) write_program(trace, p);
    bide_ignore(run_program(p, trace, told));
    fflush(trace);
    alloc_fail_at(0);
    program_free(p);
    if (!known.lost_frames) MUST(alloc_live() == before);
}

static void run_text(const uint8_t *data, size_t size) {
    struct program p;
    int line;
    char mistake[MISTAKE_SIZE], *text = need(malloc(size + 1));
    memcpy(text, data, size);
    text[size] = '\0';
    known.tame = false;
    const char *wrong = program_parse(&p, text, size, &line, mistake);
    free(text);
    if (!wrong) run_and_check(&p, &nobody);
    else MUST(line > 0 && strlen(wrong) > 0);
}

static void run_generated(const uint8_t *data, size_t size) {
    struct program p;
    memset(&known, 0, sizeof known);
    known.tame = data[0] & 1;
    program_generate(&p, data + HEAD, size - HEAD, known.tame);
    for (int i = 0; i < p.counts.semaphores; i++) known.available[i] = p.semaphores[i].value;
    if (is_traced) fprintf(trace, "# allocation %d fails\n", data[1] | data[2] << 8);
    alloc_fail_at(data[1] | data[2] << 8);
    run_and_check(&p, &observer);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    setenv("BIDE_VIRTUAL_TIME", "1", true);
    is_traced = getenv("BIDE_FUZZ_TRACE") != NULL;
    trace = is_traced ? stdout : fopen("/dev/null", "w");
    MUST(trace != NULL);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 0 && data[0] == 'T') run_text(data + 1, size - 1);
    else if (size > HEAD) run_generated(data, size);
    return 0;
}
