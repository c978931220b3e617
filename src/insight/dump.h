/* dump.h -- a task's state in words (dump.c). */
#ifndef BIDE_DUMP_H
#define BIDE_DUMP_H

#include "base/line.h"

void bide__line_state(bide__line *line, const bide__task *t);   /* " waits for an event" */

#endif
