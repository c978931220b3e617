/* memory.c -- plain C functions that take pointers. */
#include <bide.h>

/* A string that JavaScript passes is a copy, with a NUL behind. It lives until the call has ended. */
BIDE_EXPORT int count(const char *text, int letter) {
    int n = 0;
    for (; *text; text++) n += *text == letter;
    return n;
}

BIDE_EXPORT double mean(const double *numbers, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += numbers[i];
    return sum / n;
}

/* Changes what JavaScript has put into the program's memory. */
BIDE_EXPORT int halve(double *numbers, int n) {
    for (int i = 0; i < n; i++) numbers[i] /= 2;
    return 0;
}
