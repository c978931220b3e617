/* asyncq.c -- producers and consumers that share a queue, and nothing else.
 *
 *     producers = [asyncio.create_task(produce(n, q)) for n in range(nprod)]
 *     consumers = [asyncio.create_task(consume(n, q)) for n in range(ncon)]
 *     await asyncio.gather(*producers)
 *     await q.join()
 *     for c in consumers:
 *         c.cancel()
 *
 * Options: -p N producers (5), -c N consumers (10), --seed N of the random numbers
 * (444). The program has a generator of its own for these, so that a seed gives
 * the same output everywhere.
 */
#include <bide.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 1000, ITEM_BYTES = 5 };

struct options { int producers, consumers, seed; };
struct item { char name[2 * ITEM_BYTES + 1]; double added; };

static bide_queue queue;
static bide_task *producers[MOST], *consumers[MOST];

/* ------------------------------------------------------------------ chance */

static uint64_t chance;

/* From 0 to most: the high bits of a linear congruence. */
static int random_up_to(int most) {
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (int)((chance >> 33) % ((unsigned)most + 1));
}

static struct item make_item(void) {
    struct item item = { .added = bide_loop_time(NULL) };
    for (int i = 0; i < ITEM_BYTES; i++) sprintf(item.name + 2 * i, "%02x", random_up_to(255));
    return item;
}

static int random_sleep(const char *who, int number) {
    const int seconds = random_up_to(10);
    printf("%s %d sleeping for %d seconds.\n", who, number, seconds);
    return bide_sleep(seconds);
}

/* ------------------------------------------------------------------ tasks */

static int produce(void *arg) {
    const int number = *(const int *)arg;
    for (int n = random_up_to(10); n > 0; n--) {
        struct item item;
        BIDE_TRY(random_sleep("Producer", number));
        item = make_item();
        BIDE_TRY(bide_queue_put(&queue, bide_bytes(&item, sizeof item)));
        printf("Producer %d added <%s> to queue.\n", number, item.name);
    }
    return 0;
}

static int consume(void *arg) {
    const int number = *(const int *)arg;
    for (;;) {
        BIDE_AUTO_VALUE bide_value got = { 0 };
        const struct item *item;
        BIDE_TRY(random_sleep("Consumer", number));
        BIDE_TRY(bide_queue_get(&queue, &got));
        item = got.ptr;
        printf("Consumer %d got element <%s> in %0.5f seconds.\n", number, item->name, bide_loop_time(NULL) - item->added);
        BIDE_TRY(bide_queue_task_done(&queue));
    }
}

static int run(const struct options *o) {
    BIDE_TRY(bide_gather_join(producers, (size_t)o->producers, false, NULL));
    BIDE_TRY(bide_queue_join(&queue));
    for (int n = 0; n < o->consumers; n++) bide_task_cancel(consumers[n]);
    return 0;
}

static int async_main(void *arg) {
    const struct options *o = arg;
    const double start = bide_loop_time(NULL);
    int rc;
    BIDE_TRY(bide_queue_init(&queue, 0));
    for (int n = 0; n < o->producers; n++) producers[n] = bide_create_task_copy(produce, BIDE_ARGS(int, n));
    for (int n = 0; n < o->consumers; n++) consumers[n] = bide_create_task_copy(consume, BIDE_ARGS(int, n));
    rc = run(o);
    bide_release_all(consumers, (size_t)o->consumers);
    BIDE_TRY(rc);
    printf("Program completed in %0.5f seconds.\n", bide_loop_time(NULL) - start);
    return 0;
}

/* ------------------------------------------------------------------ command line */

/* Whether the text is a whole number from least to most, and nothing else. */
static bool parse_number(const char *text, int least, int most, int *number) {
    char *end;
    const long n = strtol(text, &end, 10);
    *number = (int)n;
    return *text && !*end && n >= least && n <= most;
}

static bool parse(int argc, char **argv, struct options *o) {
    for (int i = 1; i < argc; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        bool ok = false;
        if (strcmp(argv[i], "-p") == 0) ok = parse_number(value, 1, MOST, &o->producers);
        else if (strcmp(argv[i], "-c") == 0) ok = parse_number(value, 1, MOST, &o->consumers);
        else if (strcmp(argv[i], "--seed") == 0) ok = parse_number(value, 0, INT_MAX, &o->seed);
        if (!ok) return false;
    }
    return true;
}

int main(int argc, char **argv) {
    struct options options = { .producers = 5, .consumers = 10, .seed = 444 };
    int code;
    if (!parse(argc, argv, &options)) {
        fprintf(stderr, "usage: %s [-p 1..%d] [-c 1..%d] [--seed N]\n", argv[0], MOST, MOST);
        return 2;
    }
    chance = (uint64_t)options.seed;
    code = bide_main(async_main, &options);
    bide_queue_clear(&queue);
    return code;
}
