/* error.c -- codes, their names, and the messages that travel with them.
 *
 * A C function returns a code and nothing else. The message stays with the
 * coroutine that met it, one message a code. So whoever returns the code passes
 * the message on. A coroutine's table of messages is made when it meets the first
 * one; without memory for it, the code stands alone. */
#include "loop/coroutine.h"
#include "base/line.h"

bide__coroutine bide__main_coroutine;
bide__coroutine *bide__current = &bide__main_coroutine;

#define ERROR__NAME(name, number, class_name, text) [number] = class_name,
static const char *const error_names[BIDE__CODES + 1] = { BIDE_ERRORS(ERROR__NAME) };

const char *bide_error_name(int code) {
    if (code == 0) return "";
    return bide__is_code(code) ? error_names[bide__error_number(code)] : "Exception";
}

void bide__line_error(bide__line *line, int code, const char *text) {
    bide__line_text(line, bide_error_name(code));
    if (*text) bide__line_text(line, ": "), bide__line_text(line, text);
    bide__line_end(line);
}

static bool error_messages_wanted(bide__coroutine *co) {
    if (co->messages) return true;
    co->messages = bide__alloc(sizeof *co->messages);
    if (co->messages) *co->messages = (bide__messages){ .met_in_call = 0 };
    return co->messages;
}

/* Codes that are answers rather than failures: a program that gets one seldom gives up. */
#define ERROR__BIT(code) (1u << (BIDE__CODE(0) - (code)))
static const uint32_t error_answers = ERROR__BIT(BIDE_EFULL) | ERROR__BIT(BIDE_EEMPTY) | ERROR__BIT(BIDE_ESHUTDOWN) | ERROR__BIT(BIDE_ESTOP);

static void error_note(bide__errors *errors, uint8_t number) {
    errors->last = number;
    errors->is_fresh = !(error_answers >> number & 1);
    if (errors->raw == number) errors->raw = 0;
}

int bide__fail(int code, bide__blob *message) {
    bide__coroutine *co = bide__current;
    const uint8_t number = bide__error_number(code);
    error_note(&co->errors, number);
    if (message ? !error_messages_wanted(co) : !co->messages) return code;
    bide__blob **slot = &co->messages->of[number];
    bide__blob *old = *slot;
    *slot = message ? bide__blob_retain(message) : NULL;
    co->messages->met_in_call |= 1u << number;
    if (old) bide__blob_release(old);
    return code;
}

int bide__fail_value(const bide_value *error) {
    bide__blob *message = bide__blob_of(error->message);
    return bide__fail(error->code, message == &bide__no_text.head ? NULL : message);
}

bide__blob *bide__message_of(const bide__coroutine *co, int code) {
    return co->messages && bide__is_code(code) ? co->messages->of[bide__error_number(code)] : NULL;
}

const char *bide_message_of(int rc) {
    bide__blob *message = bide__message_of(bide__current, rc);
    return message ? bide__blob_data(message) : "";
}

void bide__messages_free(bide__coroutine *co) {
    bide__messages *messages = co->messages;
    co->messages = NULL;
    for (int i = 0; i <= BIDE__CODES; i++)
        if (messages->of[i]) bide__blob_release(messages->of[i]);
    bide__free(messages, sizeof *messages);
}

int bide_last_error(void) { return bide__last(bide__current); }
const char *bide_last_message(void) { return bide_message_of(bide_last_error()); }

void bide__ignored(int rc) {
    if (rc == bide_last_error()) bide__met_over(bide__current);
}

int bide__null_future(void) { return bide__current->errors.last ? bide_last_error() : bide__fail_plain(BIDE_EVALUE); }

bide_value bide_last_error_value(void) {
    int code = bide_last_error();
    return code ? bide__error_value(code, bide__message_of(bide__current, code)) : (bide_value){ .kind = BIDE_NONE };
}
