/* stdin.c -- reads of stdin by each function of libc's. Before each read another task is told to print "others run". Whoever
 * reads that line writes the input. So a read that stops all tasks gets none. */
#include <bide.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <unistd.h>

static bool asked;

static int other(void *arg) {
    for (;; ) {
        BIDE_TRY(bide_sleep(0.001));
        if (!asked) continue;
        asked = false;
        puts("others run");
        fflush(stdout);
    }
}

static int reads(void *arg) {
    char text[16] = "";
    char *line = NULL;
    size_t room = 0;
    int number = 0;
    double real = 0;
    fd_set set;
    asked = true, printf("getchar %c\n", getchar());
    asked = true, printf("fgets %s", fgets(text, sizeof text, stdin));
    asked = true, printf("getline %d ", (int)getline(&line, &room, stdin)), printf("%s", line);
    asked = true, printf("scanf %d ", scanf("%d,", &number)), printf("%d\n", number);
    asked = true, printf("scanf %d ", scanf("%lf;", &real)), printf("%g\n", real);
    asked = true, printf("fread %d ", (int)fread(text, 1, 3, stdin)), printf("%.3s\n", text);
    asked = true, printf("poll %d\n", poll(&(struct pollfd){ 0, POLLIN, 0 }, 1, -1));
    printf("read %d\n", (int)read(0, text, 2));
    FD_ZERO(&set), FD_SET(0, &set);
    asked = true, printf("select %d\n", select(1, &set, NULL, NULL, NULL));
    printf("read %d\n", (int)read(0, text, 1));
    asked = true, printf("end %d\n", getchar());
    free(line);
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *task = bide_create_task(other, NULL);
    const int rc = reads(NULL);
    bide_task_cancel(task);
    return rc;
}

int main(void) { return bide_main(async_main, NULL); }
