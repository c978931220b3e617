/* test_libc_process.c -- what libc has of the process: signals, times, its number, mmap, temporary files. The test's directory can be
 * written to. Where the host gives no files to JavaScript, what makes some fails with errno. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t caught;
static void catches(int signal) { caught = signal; }

TEST(libc_signal_handlers_are_called_by_raise) {
    CHECK(signal(SIGUSR1, catches) == SIG_DFL);
    CHECK_INT(raise(SIGUSR1), 0);
    CHECK_INT(caught, SIGUSR1);
    CHECK(signal(SIGUSR1, SIG_IGN) == catches);
    CHECK_INT(raise(SIGUSR1), 0);
    CHECK(signal(SIGUSR1, SIG_DFL) == SIG_IGN);
    CHECK(signal(SIGINT, SIG_DFL) != SIG_ERR);
    CHECK(strsignal(SIGUSR1) != NULL);
}

static void sleeps_in_handler(int signal) {
    CHECK_CODE(bide_sleep(1), 0);
    LOG("handled");
}

static int raises_a_signal(void *arg) { return raise(SIGUSR1); }

/* The handler of a raise is a function like others. */
TASK_TEST(libc_signal_handler_may_suspend) {
    signal(SIGUSR1, sleeps_in_handler);
    bide_task *t = bide_create_task(raises_a_signal, NULL);
    CHECK_CODE(bide_sleep(0.5), 0);
    LOG("meanwhile");
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_LOG("meanwhile handled");
    signal(SIGUSR1, SIG_DFL);
    return 0;
}

TEST(libc_times_of_the_process) {
    struct tms cpu;
    struct rusage usage;
    const clock_t begin = clock();
    CHECK(begin != (clock_t)-1);
    CHECK(clock() >= begin);
    CHECK(times(&cpu) != (clock_t)-1);
    CHECK_INT(getrusage(RUSAGE_SELF, &usage), 0);
    CHECK(getpid() > 0);
    CHECK_INT(getpid(), getpid());
}

TEST(libc_mmap_gives_memory) {
    char *p = mmap(NULL, 100000, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(p != MAP_FAILED);
    CHECK(p[0] == 0 && p[99999] == 0);
    p[99999] = 1;
    CHECK_INT(munmap(p, 100000), 0);
}

TEST(libc_system_tells_of_no_shell) {
#ifdef __wasm__
    CHECK_INT(system(NULL), 0);
    errno = 0;
    CHECK_INT(system("true"), -1);
    CHECK_INT(errno, ENOSYS);
#endif
}

static bool has_files(void) {
    struct stat folder;
    return stat(".", &folder) == 0;
}

TEST(libc_tmpfile_can_be_written_and_read) {
    char line[8];
    errno = 0;
    FILE *f = tmpfile();
    if (!has_files()) {
        CHECK(!f && errno != 0);
        return;
    }
    CHECK(f != NULL);
    if (!f) return;
    CHECK(fputs("line\n", f) >= 0);
    rewind(f);
    CHECK_TEXT(fgets(line, sizeof line, f), "line\n");
    CHECK_INT(fclose(f), 0);
}

TEST(libc_mkstemp_makes_files_of_different_names) {
    char one[] = "test_XXXXXX", other[] = "test_XXXXXX", bad[] = "XXXXX", bad_end[] = "XXXXXXa";
    struct stat file;
    errno = 0;
    CHECK_INT(mkstemp(bad), -1);
    CHECK_INT(errno, EINVAL);
    CHECK_INT(mkstemp(bad_end), -1);
    CHECK_INT(errno, EINVAL);
    const int a = mkstemp(one), b = mkstemp(other);
    if (!has_files()) return CHECK(a == -1 && b == -1);
    CHECK(a >= 0 && b >= 0);
    CHECK(strcmp(one, other) != 0 && strncmp(one, "test_", 5) == 0);
    CHECK_INT(write(a, "x", 1), 1);
    CHECK_INT(stat(one, &file), 0);
    CHECK_INT(file.st_size, 1);
    CHECK_INT(close(a), 0);
    CHECK_INT(close(b), 0);
    CHECK_INT(unlink(one), 0);
    CHECK_INT(unlink(other), 0);
    char nowhere[] = "no such folder/XXXXXX";
    CHECK_INT(mkstemp(nowhere), -1);
    CHECK_INT(errno, ENOENT);
}

TEST(libc_mkdtemp_makes_a_folder) {
    char name[] = "folder_XXXXXX", bad[] = "folder";
    struct stat folder;
    CHECK(!mkdtemp(bad));
    char *made = mkdtemp(name);
    if (!has_files()) return CHECK(!made);
    CHECK(made == name);
    CHECK_INT(stat(name, &folder), 0);
    CHECK(S_ISDIR(folder.st_mode));
    CHECK_INT(rmdir(name), 0);
}

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

TEST(libc_tmpnam_names_no_file) {
    char name[L_tmpnam];
    struct stat file;
    CHECK(tmpnam(name) == name);
    CHECK(stat(name, &file) != 0);
    char *own = tmpnam(NULL);
    CHECK(own && strcmp(own, name) != 0);
}

TEST_MAIN
