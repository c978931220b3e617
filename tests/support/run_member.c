/* run_member.c -- main of a collection: runs the member that the first argument names, with the rest as its arguments. */
#include "members.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    for (const struct member *m = members; argc > 1 && m->name; m++)
        if (strcmp(m->name, argv[1]) == 0) return m->main(argc - 1, argv + 1);
    fprintf(stderr, "no such member: %s\n", argc > 1 ? argv[1] : "(none)");
    return 2;
}
