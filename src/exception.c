/* exception.c -- where errors go that nobody can get: the loop's exception handler. */
#include "internal.h"

void bide_loop_set_exception_handler(bide_loop *loop, bide_exception_handler *handler, void *arg) {
    loop = bide__loop(loop);
    if (loop) loop->exception_handler = handler, loop->exception_arg = arg;
}

bide_exception_handler *bide_loop_get_exception_handler(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop ? loop->exception_handler : NULL;
}

void bide_loop_default_exception_handler(bide_loop *loop, const bide_exception_context *context) {
    (void)loop;
    bide__report_error(context->message, context->future, context->code, context->error);
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
    if (bide__context_lend) bide__context_lend(&own, outer, context->future, false);
    bide__current = &own;
    int rc = bide__check_return(handler(loop, context, loop->exception_arg));
    if (rc != 0) {
        bide_exception_context failed = { "Unhandled error in exception handler", rc, bide_last_message(), context->future, context->handle };
        bide_loop_default_exception_handler(loop, &failed);
    }
    bide__current = outer;
    if (bide__context_lend) bide__context_lend(&own, outer, context->future, true);
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
        if (&bide__debug) bide__debug_callback_failed(loop, h);
        bide_value_clear(&error);
    }
    if (bide__current->last != 0) bide__coroutine_clear(bide__current);
    if (bide__context_leave) bide__context_leave(bide__current);
}
