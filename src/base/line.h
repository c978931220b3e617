/* line.h -- a line for stderr, put together without printf, which would weigh more than the rest of the core. */
#ifndef BIDE_LINE_H
#define BIDE_LINE_H

#include "parts.h"

struct bide__line { char text[512]; size_t size; };

void bide__line_text(bide__line *line, const char *text);       /* what does not fit is cut off */
void bide__line_number(bide__line *line, long number);
void bide__line_decimal(bide__line *line, double number);       /* "0.500"; from some weeks on whole numbers */
void bide__line_end(bide__line *line);                          /* writes it with a line feed, and empties it */

#endif
