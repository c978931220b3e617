/* descriptors.c -- what a program does with descriptors 0 to 2; the first argument chooses. */
#include <bide.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wasi/api.h>

static int closing(void) {
    puts("one");
    fflush(stdout);
    int rc = close(1);
    errno = 0;
    ssize_t n = write(1, "two\n", 4);
    fprintf(stderr, "close %d, write %zd %s, again %d\n", rc, n, strerror(errno), close(1));
    return 0;
}

static int closing_stdin(void *arg) {
    (void)arg;
    char b[4];
    size_t got;
    close(0);
    int rc = bide_read(0, b, sizeof b, &got);
    printf("%s: %s\n", bide_error_name(rc), bide_last_message());
    return 0;
}

static int reopening(void) {
    if (!freopen("/data/out.txt", "w", stdout) || !freopen("/data/err.txt", "w", stderr)) return 1;
    puts("into the file");
    fputs("into the other\n", stderr);
    if (!freopen("/data/second.txt", "w", stdout)) return 2;
    puts("into a second");
    FILE *f = fopen("/data/third.txt", "w");
    fputs("a third", f);
    fclose(f);
    return 0;
}

static int reading_file(void *arg) {
    char b[8];
    size_t got;
    if (!freopen(arg, "r", stdin)) return 1;
    BIDE_TRY(bide_read(0, b, sizeof b, &got));
    printf("%.*s\n", (int)got, b);
    return 0;
}

/* stdout's stream becomes that of descriptor 2. */
static int moving(void) {
    puts("first");
    fflush(stdout);
    int rc = (int)__wasi_fd_renumber(1, 2);
    fputs("to stdout\n", stderr);
    printf("lost");
    fprintf(stderr, "renumber %d, flush %d, of a closed one %d, of an unknown one %d\n", rc, fflush(stdout) != 0, __wasi_fd_renumber(1, 2), __wasi_fd_renumber(77, 2));
    return 0;
}

static int looking(void) {
    struct stat s;
    errno = 0;
    int seek = lseek(1, 0, SEEK_CUR) < 0 ? errno : 0;
    printf("stat %d, terminal %d, seek %s, write to stdin %zd\n", fstat(1, &s), isatty(1), strerror(seek), write(0, "x", 1));
    return 0;
}

static int leaving_open(const char *directory) {
    char path[64];
    for (int i = 0; i < 5; i++) {
        snprintf(path, sizeof path, "%s/open%d", directory, i);
        if (!fopen(path, "w")) return 1;
    }
    return 0;
}

int main(int argc, char **argv) {
    switch (argc > 1 ? argv[1][0] : ' ') {
    case 'c': return closing();
    case 'i': return bide_main(closing_stdin, NULL);
    case 'r': return reopening();
    case 'f': return bide_main(reading_file, "/data/in.txt");
    case 'm': return moving();
    case 'o': return leaving_open("/data");
    default: return looking();
    }
}
