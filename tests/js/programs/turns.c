/* turns.c -- tasks that always have something to do, until JavaScript says that its turn has come. */
#include <bide.h>

BIDE_IMPORT("had_turn") int had_turn(void);
BIDE_IMPORT("compute") void compute(void);
BIDE_IMPORT("ask") void ask(void);
BIDE_IMPORT_PROMISE("soon") bide_promise soon(void);

BIDE_EXPORT int sleeps(void) {
    int n = 0;
    for (; !had_turn(); n++) BIDE_TRY(bide_sleep(0));
    return n;
}

BIDE_EXPORT int promises(void) {
    int n = 0;
    for (; !had_turn(); n++) BIDE_TRY(bide_await_promise(soon(), NULL));
    return n;
}

/* Each step takes a millisecond. */
BIDE_EXPORT int computing(void) {
    int n = 0;
    for (; !had_turn(); n++) {
        compute();
        BIDE_TRY(bide_sleep(0));
    }
    return n;
}

static int producer(void *queue) {
    while (!had_turn()) BIDE_TRY(bide_queue_put(queue, bide_i64(1)));
    BIDE_TRY(bide_queue_shutdown(queue, false));
    return 0;
}

BIDE_EXPORT int queues(void) {
    bide_queue queue;
    int n = 0;
    BIDE_TRY(bide_queue_init(&queue, 1));
    BIDE_AUTO bide_task *task = bide_create_task(producer, &queue);
    bide_value item;
    while (bide_queue_get(&queue, &item) == 0) n++;
    BIDE_TRY(bide_await(task, NULL));
    return n;
}

BIDE_EXPORT int one(void) { return 1; }

/* ------------------------------------------------------------------ interrupts */

BIDE_EXPORT int background(void) {
    BIDE_TRY(bide_sleep(0.001));
    ask();
    return 1;
}

static int interrupts_itself(void *arg) {
    (void)arg;
    ask();
    return bide_sleep(3600);
}

static int helper(void *arg) {
    (void)arg;
    ask();
    return 0;
}

static int interrupted_by_helper(void *arg) {
    (void)arg;
    BIDE_AUTO bide_task *task = bide_create_task(helper, NULL);
    return bide_sleep(3600);
}

static int waits(void *arg) {
    (void)arg;
    return bide_sleep(3600);
}

int main(int argc, char **argv) {
    switch (argc > 1 ? argv[1][0] : ' ') {
    case 'i': return bide_main(interrupts_itself, NULL);
    case 'h': return bide_main(interrupted_by_helper, NULL);
    default: return bide_main(waits, NULL);
    }
}
