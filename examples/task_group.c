/* task_group.c -- tasks that end together; if one fails, the others are cancelled.
 *
 *     async with asyncio.TaskGroup() as group:
 *         group.create_task(fetch("a", 1))
 *         group.create_task(fetch("b", 2))
 *
 *     except* ValueError as group:
 *         for error in group.exceptions: ...
 *
 * The block is left when every task in it has ended. The errors of all that
 * failed arrive together as one, BIDE_EGROUP.
 */
#include <bide.h>
#include <stdio.h>

struct fetch { const char *name; double seconds; bool fails; };

static int fetch(void *arg) {
    const struct fetch *f = arg;
    const int rc = bide_sleep(f->seconds);
    if (rc == BIDE_ECANCELED) printf("%s: cancelled\n", f->name);
    BIDE_TRY(rc);
    if (f->fails) return bide_raise(BIDE_EVALUE, "%s is not there", f->name);
    printf("%s: fetched\n", f->name);
    return 0;
}

static int all_succeed(void) {
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&group) {
        bide_task_group_create_task_copy(&group, fetch, BIDE_ARGS(struct fetch, .name = "a", .seconds = 2));
        bide_task_group_create_task_copy(&group, fetch, BIDE_ARGS(struct fetch, .name = "b", .seconds = 1));
        puts("both started");
    }
    puts("both done");
    return 0;
}

static int one_fails(void) {
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&group) {
        bide_task_group_create_task_copy(&group, fetch, BIDE_ARGS(struct fetch, .name = "c", .seconds = 1));
        bide_task_group_create_task_copy(&group, fetch, BIDE_ARGS(struct fetch, .name = "d", .seconds = 2, .fails = true));
        bide_task_group_create_task_copy(&group, fetch, BIDE_ARGS(struct fetch, .name = "e", .seconds = 3));
    }
    puts("never");
    return 0;
}

static void print_errors(void) {
    BIDE_AUTO_VALUE bide_value group = bide_last_error_value(), errors = bide_error_members(group);
    printf("%s: %s\n", bide_error_name(group.code), group.message);
    for (size_t i = 0; i < errors.count; i++)
        printf("  %s: %s\n", bide_error_name(errors.items[i].code), errors.items[i].message);
}

static int async_main(void *arg) {
    int rc;
    (void)arg;
    BIDE_TRY(all_succeed());
    rc = one_fails();
    if (rc != BIDE_EGROUP) return rc;
    print_errors();
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
