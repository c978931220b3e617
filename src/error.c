/* error.c -- codes, their names, and the messages that travel with them.
 *
 * A code is all that a C function returns. Its message stays with the coroutine
 * that met it: one message a code, so that returning the code passes it on.
 * The table is made when the first message is met; without memory for it the
 * code stands alone. */
#include "internal.h"

bide__coroutine bide__main_coroutine;
bide__coroutine *bide__current = &bide__main_coroutine;

#define NAME(name, number, class_name, text) [number] = class_name,
static const char *const names[BIDE__CODES + 1] = { BIDE_ERRORS(NAME) };

static int index_of(int code) { return BIDE__CODE(0) - code; }

const char *bide_error_name(int code) {
    if (code == 0) return "";
    return bide__is_code(code) ? names[index_of(code)] : "Exception";
}

static bool messages_wanted(bide__coroutine *co) {
    if (co->messages) return true;
    co->messages = bide__alloc(sizeof *co->messages);
    if (co->messages) *co->messages = (bide__messages){ { NULL } };
    return co->messages;
}

int bide__fail(int code, bide__blob *message) {
    bide__coroutine *co = bide__current;
    co->last = code;
    if (message ? !messages_wanted(co) : !co->messages) return code;
    bide__blob **slot = &co->messages->of[index_of(code)];
    bide__blob *old = *slot;
    *slot = message ? bide__blob_retain(message) : NULL;
    if (old) bide__blob_release(old);
    return code;
}

int bide__fail_value(const bide_value *error) {
    bide__blob *message = bide__blob_of(error->message);
    return bide__fail(error->code, message == &bide__no_text.head ? NULL : message);
}

bide__blob *bide__message_of(const bide__coroutine *co, int code) {
    return co->messages && bide__is_code(code) ? co->messages->of[index_of(code)] : NULL;
}

void bide__messages_free(bide__coroutine *co) {
    bide__messages *messages = co->messages;
    co->messages = NULL;
    for (int i = 0; i <= BIDE__CODES; i++)
        if (messages->of[i]) bide__blob_release(messages->of[i]);
    bide__free(messages, sizeof *messages);
}

int bide_last_error(void) { return bide__current->last; }

const char *bide_last_message(void) {
    bide__blob *message = bide__message_of(bide__current, bide__current->last);
    return message ? bide__blob_data(message) : "";
}

int bide__null_future(void) { return bide__current->last ? bide__current->last : bide__fail_plain(BIDE_EVALUE); }

/* "Task-2 returned -1, no bide code; use bide_return_i64 for results" */
static bide__blob *foreign_number(int rc) {
    bide__line line = { .size = 0 };
    if (bide__current->task) bide__line_task(&line, bide__current->task);
    else bide__line_text(&line, "the function");
    bide__line_text(&line, " returned ");
    bide__line_number(&line, rc);
    bide__line_text(&line, ", no bide code; use bide_return_i64 for results");
    bide__blob *b = bide__blob_new(line.size + 1);
    for (size_t i = 0; b && i <= line.size; i++) bide__blob_data(b)[i] = line.text[i];
    return b;
}

int bide__foreign_return(int rc) {
    bide__blob *message = foreign_number(rc);
    bide__fail(BIDE_EVALUE, message);
    if (message) bide__blob_release(message);
    return BIDE_EVALUE;
}

bide_value bide_last_error_value(void) {
    int code = bide__current->last;
    return code ? bide__error_value(code, bide__message_of(bide__current, code)) : (bide_value){ .kind = BIDE_NONE };
}
