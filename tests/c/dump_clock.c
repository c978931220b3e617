/* dump_clock.c -- sets the virtual clock of a loop that does not run. For dump_since.c: a file that sees the inside of the
 * library refers to the dump as to a part, which may be missing. */
#include "loop/loop.h"

void clock_forward(bide_loop *loop, double seconds);
void clock_forward(bide_loop *loop, double seconds) { loop->now += seconds; }
