/* line.c -- see line.h. */
#include "base/line.h"

#include "host.h"

#include <string.h>

void bide__line_text(bide__line *line, const char *text) {
    size_t size = strlen(text), room = sizeof line->text - 2 - line->size;
    if (size > room) size = room;
    memcpy(line->text + line->size, text, size);
    line->size += size;
    line->text[line->size] = '\0';
}

void bide__line_number(bide__line *line, long number) {
    char digits[24], *p = digits + sizeof digits;
    unsigned long rest = number < 0 ? 0ul - (unsigned long)number : (unsigned long)number;
    *--p = '\0';
    do *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) *--p = '-';
    bide__line_text(line, p);
}

void bide__line_decimal(bide__line *line, double number) {
    const unsigned long ms = number > 0 && number < 4e6 ? (unsigned long)(number * 1e3 + 0.5) : 0;
    const char rest[] = { '.', (char)('0' + ms / 100 % 10), (char)('0' + ms / 10 % 10), (char)('0' + ms % 10), '\0' };
    if (number >= 4e6) bide__line_number(line, number < 2e9 ? (long)number : 2000000000);
    else bide__line_number(line, (long)(ms / 1000)), bide__line_text(line, rest);
}

void bide__line_end(bide__line *line) {
    line->text[line->size++] = '\n';
    bide__host_write_error(line->text, line->size);
    line->size = 0;
}
