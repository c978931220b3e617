/* output.c -- prints in exported functions; stdout is buffered, for it is no terminal. */
#include <bide.h>
#include <stdio.h>

BIDE_EXPORT int say(int lines) {
    for (int i = 0; i < lines; i++) printf("line %d\n", i);
    return lines;
}

BIDE_EXPORT int say_and_wait(int lines) {
    say(lines);
    return bide_sleep(INFINITY);
}

BIDE_EXPORT int say_and_trap(int lines) {
    say(lines);
    __builtin_trap();
}
