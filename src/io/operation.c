/* operation.c -- a future for what the host will complete; see host.h.
 *
 *     | struct operation: future, type | the host's data … |
 *                                      ^ by this address the host knows it
 *
 * A task's private waiter would not do. A future ends with its last reference, so
 * the operation of a task that a closing loop frees is dropped in time. */
#include "host.h"
#include "link.h"
#include "task/future.h"

typedef struct {
    bide_future future;
    const bide__operation_type *type;
    bide__future_type future_type;    /* with the operation's name */
} operation;

static operation *operation_of(bide_future *f) { return (operation *)f; }
static void *operation_data(operation *op) { return op + 1; }
static operation *operation_by_data(void *data) { return (operation *)data - 1; }

/* The loop does not wait for it any more. */
static void operation_end(operation *op, bide__state state) {
    op->future.loop->host_operations--;
    bide__future_complete(&op->future, state);
}

static bool operation_cancel(bide_future *f) {
    operation *op = operation_of(f);
    op->type->drop(operation_data(op));
    operation_end(op, BIDE__CANCELLED);
    return true;
}

static void operation_destroy(bide_future *f) {
    operation *op = operation_of(f);
    if (!bide__done(f)) op->type->drop(operation_data(op)), f->loop->host_operations--;
    bide__future_free(f, sizeof *op + op->type->size);
}

void *bide__operation_new(bide_loop *loop, const bide__operation_type *type) {
    operation *op = operation_of(bide__future_new(loop, NULL, sizeof *op + type->size));
    if (!op) return NULL;
    op->type = type;
    op->future_type = (bide__future_type){ type->name, operation_cancel, operation_destroy };
    op->future.type = &op->future_type;
    loop->host_operations++;
    return operation_data(op);
}

void bide__operation_complete(void *data, bide_value value) {
    operation *op = operation_by_data(data);
    op->future.value = value;
    operation_end(op, BIDE__FINISHED);
}

int bide__operation_await(void *data, bide_value *result) { return bide_join(&operation_by_data(data)->future, result); }
BIDE__SUSPENDS(bide__operation_await);
