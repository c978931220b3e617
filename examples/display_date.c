/* display_date.c -- something once a second, by the loop's clock.
 *
 *     loop = asyncio.get_running_loop()
 *     start = loop.time()
 *     while True:
 *         print(f"{loop.time() - start:.2f}")
 *         if loop.time() + 1.0 >= start + 5.0:
 *             break
 *         await asyncio.sleep(1)
 *
 * --dates prints the calendar date and time as well. Their clock is never virtual.
 */
#include <bide.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void print_date(void) {
    char date[32];
    time_t now = time(NULL);
    strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", localtime(&now));
    printf(" %s", date);
}

static int display_date(void *arg) {
    const bool *dates = arg;
    bide_loop *loop = bide_get_running_loop();
    double start = bide_loop_time(loop);
    while (true) {
        printf("%.2f", bide_loop_time(loop) - start);
        if (*dates) print_date();
        putchar('\n');
        if (bide_loop_time(loop) + 1.0 >= start + 5.0) break;
        BIDE_TRY(bide_sleep(1.0));
    }
    return 0;
}

int main(int argc, char **argv) {
    bool dates = argc == 2 && strcmp(argv[1], "--dates") == 0;
    if (argc > 1 && !dates) {
        fprintf(stderr, "usage: %s [--dates]\n", argv[0]);
        return 2;
    }
    return bide_main(display_date, &dates);
}
