/* members.h -- the programs of a collection; the table is generated. */
#ifndef MEMBERS_H
#define MEMBERS_H

struct member {
    const char *name;
    int (*main)(int argc, char **argv);
};

/* The last one's name is NULL. */
extern const struct member members[];

#endif
