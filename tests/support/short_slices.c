/* short_slices.c -- a clock that is a second later each time it is read, so that every look at it ends a slice. Linked with
 * --wrap=bide__host_now. */
double __wrap_bide__host_now(void);

double __wrap_bide__host_now(void) {
    static double seconds;
    return ++seconds;
}
