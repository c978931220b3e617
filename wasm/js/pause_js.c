/* pause_js.c -- a pause outside of a run: JavaScript can't block, so a loop runs, and a task of it sleeps. */
#include "host.h"
#include "link.h"

static int pause_sleeper(void *seconds) { return bide_sleep(*(double *)seconds); }

int bide__host_pause(double seconds) { return bide_run(pause_sleeper, &seconds, NULL); }
BIDE__SUSPENDS(bide__host_pause);
