/* plain.c -- uses nothing of the library. */
#include <stdio.h>

int main(void) {
    puts("plain");
    return 0;
}
