/* test_libc_callbacks.c -- functions of the program that libc calls back may wait, while other tasks go on. The test's directory has
 * files whose names end in .c. */
#define _GNU_SOURCE
#include "test.h"

#include <dirent.h>
#include <ftw.h>
#include <search.h>
#include <stdlib.h>

static int turns_of_other;

/* Something that a wait lets go on. */
static int other(void *arg) {
    for (;; turns_of_other++) BIDE_TRY(bide_sleep(0.01));
}

static bide_task *begin_other(void) {
    turns_of_other = 0;
    return bide_create_task(other, NULL);
}

static int end_other(bide_task *t) {
    CHECK(turns_of_other > 1);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    return 0;
}

static int waits_and_compares(const void *a, const void *b) {
    CHECK_CODE(bide_sleep(0.02), 0);
    return *(const int *)a - *(const int *)b;
}

TASK_TEST(libc_qsort_and_bsearch_call_what_waits) {
    int numbers[] = { 5, 3, 9, 1, 7 }, wanted = 7;
    bide_task *t = begin_other();
    qsort(numbers, 5, sizeof *numbers, waits_and_compares);
    for (int i = 0; i < 5; i++) CHECK_INT(numbers[i], 2 * i + 1);
    CHECK(bsearch(&wanted, numbers, 5, sizeof *numbers, waits_and_compares) == &numbers[3]);
    return end_other(t);
}

TASK_TEST(libc_lsearch_and_lfind_call_what_waits) {
    int numbers[4] = { 4, 2 }, wanted = 8;
    size_t n = 2;
    bide_task *t = begin_other();
    CHECK(lsearch(&wanted, numbers, &n, sizeof *numbers, waits_and_compares) == &numbers[2]);
    CHECK_INT(n, 3);
    CHECK(lfind(&wanted, numbers, &n, sizeof *numbers, waits_and_compares) == &numbers[2]);
    return end_other(t);
}

static int sum_walked;

static void waits_and_adds(const void *node, VISIT visit, int depth) {
    if (visit != postorder && visit != leaf) return;
    CHECK_CODE(bide_sleep(0.02), 0);
    sum_walked += **(int *const *)node;
}

TASK_TEST(libc_trees_call_what_waits) {
    int numbers[] = { 2, 1, 3 };
    void *tree = NULL;
    bide_task *t = begin_other();
    for (int i = 0; i < 3; i++) CHECK(tsearch(&numbers[i], &tree, waits_and_compares) != NULL);
    sum_walked = 0;
    twalk(tree, waits_and_adds);
    CHECK_INT(sum_walked, 6);
    for (int i = 0; i < 3; i++) CHECK(tfind(&numbers[i], &tree, waits_and_compares) != NULL && tdelete(&numbers[i], &tree, waits_and_compares) != NULL);
    CHECK(tree == NULL);
    return end_other(t);
}

static int waits_for_c(const struct dirent *entry) {
    CHECK_CODE(bide_sleep(0.02), 0);
    const size_t size = strlen(entry->d_name);
    return size > 2 && strcmp(entry->d_name + size - 2, ".c") == 0;
}

static int waits_and_orders(const struct dirent **a, const struct dirent **b) {
    CHECK_CODE(bide_sleep(0.02), 0);
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int files_walked;

static int waits_and_counts(const char *path, const struct stat *about, int type, struct FTW *where) {
    CHECK_CODE(bide_sleep(0.02), 0);
    files_walked += type == FTW_F;
    return 0;
}

TASK_TEST(libc_scandir_and_nftw_call_what_waits) {
    struct dirent **found = NULL;
    bide_task *t = begin_other();
    const int n = scandir(".", &found, waits_for_c, waits_and_orders);
    CHECK(n > 2);
    for (int i = 0; i < n; i++) CHECK(i == 0 || strcmp(found[i - 1]->d_name, found[i]->d_name) < 0);
    for (int i = 0; i < n; i++) free(found[i]);
    free(found);
    files_walked = 0;
    CHECK_INT(nftw(".", waits_and_counts, 4, FTW_PHYS), 0);
    CHECK(files_walked >= n);
    return end_other(t);
}

/* ------------------------------------------------------------------ streams */

static char written[64];
static size_t written_size;
static int code_of_wait;

static ssize_t waits_and_keeps(void *cookie, const char *from, size_t size) {
    code_of_wait = bide_sleep(0.02);
    if (code_of_wait != 0) return -1;
    memcpy(written + written_size, from, size);
    written_size += size;
    return (ssize_t)size;
}

static ssize_t waits_and_gives(void *cookie, char *to, size_t size) {
    const char **text = cookie;
    CHECK_CODE(bide_sleep(0.02), 0);
    if (!**text || size == 0) return 0;
    *to = *(*text)++;
    return 1;
}

TASK_TEST(libc_streams_call_what_waits) {
    const char *text = "one\ntwo\n";
    char line[16];
    bide_task *t = begin_other();
    written_size = 0;
    FILE *out = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = waits_and_keeps });
    FILE *in = fopencookie(&text, "r", (cookie_io_functions_t){ .read = waits_and_gives });
    CHECK(fputs("kept, ", out) >= 0);
    CHECK_INT(fflush(out), 0);
    CHECK(fwrite("too", 1, 3, out) == 3 && fclose(out) == 0);
    CHECK(written_size == 9 && memcmp(written, "kept, too", 9) == 0);
    CHECK(fgets(line, sizeof line, in) && strcmp(line, "one\n") == 0);
    CHECK_INT(fgetc(in), 't');
    CHECK(fread(line, 1, 3, in) == 3 && memcmp(line, "wo\n", 3) == 0);
    CHECK_INT(fgetc(in), EOF);
    fclose(in);
    return end_other(t);
}

/* In WebAssembly printf runs on a stack that all tasks share. */
TASK_TEST(libc_printf_calls_what_can_t_wait_there) {
#ifdef __wasm__
    FILE *out = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = waits_and_keeps });
    bide_task *t = begin_other();
    setvbuf(out, NULL, _IONBF, 0);
    CHECK(fprintf(out, "%d and more", 12) < 0);
    CHECK_CODE(code_of_wait, BIDE_ERUNTIME);
    CHECK(bide_current_task() != NULL);
    CHECK_CODE(bide_sleep(0.05), 0);
    fclose(out);
    return end_other(t);
#else
    return 0;
#endif
}

TEST_MAIN
