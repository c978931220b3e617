/* files.c -- a program that opens files; the first argument says what it does, the others name files. */
#include <bide.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char first[64];

/* Constructors find the files, too. */
__attribute__((constructor)) static void early(void) {
    FILE *f = fopen("/early.txt", "r");
    if (!f) return;
    fgets(first, sizeof first, f);
    fclose(f);
}

static int show(const char *path) {
    char bytes[256];
    FILE *f = fopen(path, "r");
    if (!f) return printf("%s: %s\n", path, strerror(errno));
    const size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    printf("%s: %zu [", path, n);
    for (size_t i = 0; i < n; i++) printf(bytes[i] >= ' ' && bytes[i] < 127 ? "%c" : "\\%02x", (unsigned char)bytes[i]);
    return puts("]");
}

static int put(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    if (!f) return perror(path), 1;
    fputs(text, f);
    return fclose(f);
}

/* A file much larger than the memory, written and read in pieces. */
static int large(const char *path) {
    static char piece[1 << 16];
    unsigned long sum = 0;
    const int fd = open(path, O_RDWR | O_CREAT, 0666), pieces = 1024;
    for (int i = 0; i < pieces; i++) {
        memset(piece, i, sizeof piece);
        if (write(fd, piece, sizeof piece) != sizeof piece) return 1;
    }
    lseek(fd, 0, SEEK_SET);
    for (ssize_t n; (n = read(fd, piece, sizeof piece)) > 0;) for (ssize_t i = 0; i < n; i += 4096) sum += (unsigned char)piece[i];
    printf("%lu, memory %zu\n", sum, __builtin_wasm_memory_size(0) * 65536);
    return 0;
}

/* Sizes that nothing has room for. What was there stays. */
static int too_large(const char *path) {
    const int fd = open(path, O_RDWR | O_CREAT, 0666);
    write(fd, "stays", 5);
    for (int i = 45; i <= 62; i += 17) {
        const int rc = ftruncate(fd, 1ll << i);
        printf("%d %s\n", rc, strerror(errno));
    }
    const ssize_t n = pwrite(fd, "x", 1, (1ll << 53) - 1);
    printf("%zd %s, %lld\n", n, strerror(errno), (long long)lseek(fd, 0, SEEK_END));
    return 0;
}

static int times(const char *path) {
    struct stat s;
    const struct timespec both[2] = { { 5, 123456789 }, { 1, 987654321 } }, one[2] = { { 0, UTIME_OMIT }, { 0, UTIME_NOW } };
    if (stat(path, &s)) return 1;
    printf("%lld.%09ld\n", (long long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
    utimensat(AT_FDCWD, path, both, 0);
    stat(path, &s);
    printf("%lld.%09ld %lld.%09ld\n", (long long)s.st_atim.tv_sec, s.st_atim.tv_nsec, (long long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
    const int fd = open(path, O_RDWR);
    futimens(fd, one);
    fstat(fd, &s);
    printf("%lld.%09ld, %d\n", (long long)s.st_atim.tv_sec, s.st_atim.tv_nsec, s.st_mtim.tv_sec > 1000000000 && s.st_ctim.tv_sec >= s.st_mtim.tv_sec);
    const long long before = s.st_mtim.tv_sec;
    utimensat(AT_FDCWD, path, both, 0);
    write(fd, "x", 1);
    fstat(fd, &s);
    printf("%d\n", s.st_mtim.tv_sec >= before);
    return 0;
}

/* An open file without a name, and a descriptor that is used twice. */
static int nameless(const char *path) {
    char bytes[16] = "";
    const int fd = open(path, O_RDWR | O_CREAT, 0666);
    unlink(path);
    write(fd, "kept", 4);
    lseek(fd, 0, SEEK_SET);
    printf("%zd %s", read(fd, bytes, sizeof bytes - 1), bytes);
    close(fd);
    printf(", again %d\n", open(path, O_RDWR | O_CREAT, 0666) == fd);
    return 0;
}

static int reader(void *path) {
    char bytes[64];
    size_t got;
    const int fd = open(path, O_RDONLY);
    struct pollfd wanted = { fd, POLLIN, 0 };
    printf("poll %d, ", poll(&wanted, 1, -1));
    BIDE_TRY(bide_read(fd, bytes, sizeof bytes, &got));
    printf("%.*s\n", (int)got, bytes);
    close(fd);
    return bide_read(fd, bytes, sizeof bytes, &got) == BIDE_EOS ? 0 : 1;
}

static int names(void) {
    errno = 0;
    const int rc = mkdir("/\xff\xfe", 0777), error = errno;
    printf("%d %d, ", rc, error == EILSEQ);
    return printf("%d\n", mkdir("/\xc3\xa9t\xc3\xa9", 0777)), 0;
}

BIDE_EXPORT int append(int letter) {
    FILE *f = fopen("/log.txt", "a");
    if (!f) return -1;
    fputc(letter, f);
    return fclose(f);
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "early")) return puts(first), 0;
    if (!strcmp(what, "show")) for (int i = 2; i < argc; i++) show(argv[i]);
    if (!strcmp(what, "put")) return put(argv[2], argv[3]);
    if (!strcmp(what, "large")) return large(argv[2]);
    if (!strcmp(what, "too large")) return too_large(argv[2]);
    if (!strcmp(what, "times")) return times(argv[2]);
    if (!strcmp(what, "nameless")) return nameless(argv[2]);
    if (!strcmp(what, "read")) return bide_main(reader, argv[2]);
    if (!strcmp(what, "names")) return names();
    if (!strcmp(what, "left")) return fputs("not closed", fopen(argv[2], "w")) < 0;
    if (!strcmp(what, "trap")) { fputs("before", fopen(argv[2], "w")); __builtin_trap(); }
    return 0;
}
