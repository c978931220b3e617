/* file_ops.c -- does what its input says with files, and prints what came of it, so that two systems can be compared.
 *
 * A line is an operation and its operands: paths, slots of open files (0 to 3), numbers. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SLOTS = 4, ROOM = 4096 };
static int slots[SLOTS] = { -1, -1, -1, -1 };

static const struct { int number; const char *name; } codes[] = {
    { EACCES, "EACCES" }, { EBADF, "EBADF" }, { EBUSY, "EBUSY" }, { EEXIST, "EEXIST" }, { EINVAL, "EINVAL" }, { EISDIR, "EISDIR" },
    { ELOOP, "ELOOP" }, { ENOENT, "ENOENT" }, { ENOTDIR, "ENOTDIR" }, { ENOTEMPTY, "ENOTEMPTY" }, { EPERM, "EPERM" }, { EFBIG, "EFBIG" },
    { ENOSPC, "ENOSPC" }, { EXDEV, "EXDEV" }, { ESPIPE, "ESPIPE" }, { EOVERFLOW, "EOVERFLOW" }, { ENXIO, "ENXIO" },
};

static const char *code(void) {
    static char number[32];
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) if (codes[i].number == errno) return codes[i].name;
    snprintf(number, sizeof number, "errno %d", errno);
    return number;
}

/* What a function answered. */
static void tell(long rc) {
    if (rc < 0) printf(" %s\n", code());
    else printf(" %ld\n", rc);
}

static void tell_stat(int rc, const struct stat *s) {
    if (rc < 0) printf(" %s\n", code());
    else if (S_ISDIR(s->st_mode)) puts(" folder");
    else printf(" %s of %ld, %ld links\n", S_ISLNK(s->st_mode) ? "link" : "file", (long)s->st_size, (long)s->st_nlink);
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *path) {
    char *names[64];
    size_t n = 0;
    DIR *dir = opendir(path);
    if (!dir) return (void)printf(" %s\n", code());
    for (struct dirent *e; n < 64 && (e = readdir(dir));) names[n++] = strdup(e->d_name);
    closedir(dir);
    qsort(names, n, sizeof *names, compare);
    for (size_t i = 0; i < n; i++) printf(" %s", names[i]), free(names[i]);
    puts("");
}

/* What was read, with its zeros. */
static void tell_bytes(ssize_t n, const char *bytes) {
    if (n < 0) return (void)printf(" %s\n", code());
    printf(" %zd [", n);
    for (ssize_t i = 0; i < n; i++) putchar(bytes[i] ? bytes[i] : '.');
    puts("]");
}

static int flags_of(const char *letters) {
    int flags = strchr(letters, 'r') ? strchr(letters, 'w') ? O_RDWR : O_RDONLY : O_WRONLY;
    if (strchr(letters, 'c')) flags |= O_CREAT;
    if (strchr(letters, 'x')) flags |= O_EXCL;
    if (strchr(letters, 't')) flags |= O_TRUNC;
    if (strchr(letters, 'a')) flags |= O_APPEND;
    if (strchr(letters, 'd')) flags |= O_DIRECTORY;
    if (strchr(letters, 'n')) flags |= O_NOFOLLOW;
    return flags;
}

static void on_path(const char *op, const char *a, const char *b) {
    struct stat s;
    char text[ROOM] = "";
    if (!strcmp(op, "mkdir")) tell(mkdir(a, 0777));
    else if (!strcmp(op, "rmdir")) tell(rmdir(a));
    else if (!strcmp(op, "unlink")) tell(unlink(a));
    else if (!strcmp(op, "remove")) tell(remove(a));
    else if (!strcmp(op, "rename")) tell(rename(a, b));
    else if (!strcmp(op, "link")) tell(link(a, b));
    else if (!strcmp(op, "symlink")) tell(symlink(a, b));
    else if (!strcmp(op, "readlink")) tell_bytes(readlink(a, text, sizeof text), text);
    else if (!strcmp(op, "truncate")) tell(truncate(a, atol(b)));
    else if (!strcmp(op, "access")) tell(access(a, F_OK | R_OK));
    else if (!strcmp(op, "chdir")) tell(chdir(a));
    else if (!strcmp(op, "stat")) { int rc = stat(a, &s); tell_stat(rc, &s); }
    else if (!strcmp(op, "lstat")) { int rc = lstat(a, &s); tell_stat(rc, &s); }
    else if (!strcmp(op, "list")) list(a);
    else puts(" ?");
}

static void on_slot(const char *op, int *fd, const char *a, const char *b) {
    struct stat s;
    char bytes[ROOM];
    memset(bytes, 0, sizeof bytes);
    if (!strcmp(op, "open")) { *fd = open(a, flags_of(b), 0666); tell(*fd < 0 ? -1 : 0); }
    else if (!strcmp(op, "close")) { tell(close(*fd)); *fd = -1; }
    else if (!strcmp(op, "write")) tell(write(*fd, a, strlen(a)));
    else if (!strcmp(op, "pwrite")) tell(pwrite(*fd, a, strlen(a), atol(b)));
    else if (!strcmp(op, "read")) { ssize_t n = read(*fd, bytes, (size_t)atol(a)); tell_bytes(n, bytes); }
    else if (!strcmp(op, "pread")) { ssize_t n = pread(*fd, bytes, (size_t)atol(a), atol(b)); tell_bytes(n, bytes); }
    else if (!strcmp(op, "seek")) tell(lseek(*fd, atol(a), *b == 'e' ? SEEK_END : *b == 'c' ? SEEK_CUR : SEEK_SET));
    else if (!strcmp(op, "ftruncate")) tell(ftruncate(*fd, atol(a)));
    else if (!strcmp(op, "allocate")) { errno = posix_fallocate(*fd, atol(a), atol(b)); tell(errno ? -1 : 0); }
    else if (!strcmp(op, "fstat")) { int rc = fstat(*fd, &s); tell_stat(rc, &s); }
    else puts(" ?");
}

int main(void) {
    char line[ROOM], op[16], a[1024], b[1024];
    int slot;
    while (fgets(line, sizeof line, stdin)) {
        *a = *b = 0;
        line[strcspn(line, "\n")] = 0;
        printf("%s:", line);
        errno = 0;
        if (sscanf(line, "%15s @%d %1023s %1023s", op, &slot, a, b) >= 2) on_slot(op, &slots[slot], a, b);
        else if (sscanf(line, "%15s %1023s %1023s", op, a, b) >= 2) on_path(op, a, b);
    }
    return 0;
}
