/* promises.c -- what it costs C to wait for a promise of JavaScript that is resolved already.
 *
 *   promises promise COUNT ROUNDS    ns to call an import and to await its promise; a line a round */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

BIDE_IMPORT_PROMISE("resolved") bide_promise resolved(void);

static int count;

static int waiting(void *arg) {
    (void)arg;
    double start = seconds_now();
    for (int i = 0; i < count; i++) {
        BIDE_AUTO_VALUE bide_value v = { 0 };
        BIDE_TRY(bide_await_promise(resolved(), &v));
    }
    printf("%.3f\n", (seconds_now() - start) / count * 1e9);
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 4 || strcmp(argv[1], "promise") != 0) return fputs("usage: promises promise COUNT ROUNDS\n", stderr), 2;
    count = atoi(argv[2]);
    int code = 0;
    for (int rounds = atoi(argv[3]); code == 0 && rounds > 0; rounds--) code = bide_main(waiting, NULL);
    return code;
}
