/* exception.c -- the loop's exception handler, to which errors go that nobody can get. */
#include "task/report.h"

void bide_loop_set_exception_handler(bide_loop *loop, bide_exception_handler *handler, void *arg) {
    loop = bide__loop(loop);
    if (loop) loop->exception_handler = handler, loop->exception_arg = arg;
}

bide_exception_handler *bide_loop_get_exception_handler(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop ? loop->exception_handler : NULL;
}

void bide_loop_default_exception_handler(bide_loop *loop, const bide_exception_context *context) {
    if (BIDE__HAS(bide__memory_error) && bide__memory_error(loop, context)) return;
    bide__report_error(context->message, context->future, context->code, context->error);
    if (BIDE__HAS(bide__debug) && context->handle) bide__debug_report_created(context->handle);
}

void bide_loop_call_exception_handler(bide_loop *loop, const bide_exception_context *context) {
    loop = bide__loop(loop);
    bide_exception_handler *handler = loop ? loop->exception_handler : NULL;
    if (!handler) {
        bide_loop_default_exception_handler(loop, context);
        return;
    }
    bide__coroutine *outer = bide__current;
    bide__coroutine own = { .task = NULL };
    if (BIDE__HAS(bide__context_lend)) bide__context_lend(&own, outer, context->future, false);
    bide__current = &own;
    int rc = bide__check_return(handler(loop, context, loop->exception_arg));
    if (rc != 0) {
        bide_exception_context failed = { "Unhandled error in exception handler", rc, bide_last_message(), context->future, context->handle };
        bide_loop_default_exception_handler(loop, &failed);
    }
    bide__current = outer;
    if (BIDE__HAS(bide__context_lend)) bide__context_lend(&own, outer, context->future, true);
    bide__coroutine_clear(&own);
}

void bide__loop_error(bide_loop *loop, const char *message, const bide_value *error, bide_future *f, bide_handle *h) {
    bide_exception_context context = { message, error ? error->code : 0, error ? error->message : "", f, h };
    bide_loop_call_exception_handler(loop, &context);
}

void bide__callback_end(bide_loop *loop, int rc, bide_future *f, bide_handle *h) {
    if (bide__debugging(loop)) bide__debug_callback(loop, f, h);
    rc = bide__check_return(rc);
    if (rc != 0) {
        bide_value error = bide__error_value(rc, bide__message_of(bide__current, rc));
        bide__loop_error(loop, "Exception in callback", &error, f, h);
        bide_value_clear(&error);
    }
    if (bide__current->errors.last != 0) bide__coroutine_clear(bide__current);
    if (BIDE__HAS(bide__context_leave)) bide__context_leave(bide__current);
}

/* ---------------------------------------------------------------- what functions return */

/* "Task-2 returned -1, no bide code; use bide_return_i64 for results" */
static bide__blob *exception_foreign_number(int rc) {
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
    bide__blob *message = exception_foreign_number(rc);
    bide__fail(BIDE_EVALUE, message);
    if (message) bide__blob_release(message);
    return BIDE_EVALUE;
}
