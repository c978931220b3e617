/* context.c -- variables whose values belong to the context that runs.
 *
 * The values of a context are an array that is counted. While it is shared, it is
 * read-only. A task or callback gets its copy by counting one more reference, and
 * the first change afterwards copies the array. This is right because programs
 * make many tasks and hardly ever set a variable. The search is linear, since a
 * program has few variables. */
#include "task/task.h"

struct bide__vars {
    uint32_t refs;
    uint32_t count;
    struct { const bide_context_var *var; bide_value value; } items[];
};

struct bide_context {
    uint32_t refs;
    bide__coroutine *runner;     /* the coroutine that entered it by bide_context_run; NULL: none */
    bide_context *outer;         /* what `runner` was in before */
    bide__context values;
};

static uint32_t context_ids_given;

/* The context that a coroutine runs in. */
static bide__context *context_of(bide__coroutine *co) { return co->entered ? &co->entered->values : &co->own; }

/* ---------------------------------------------------------------- values */

static size_t vars_size(uint32_t count) { return sizeof(bide__vars) + count * sizeof((bide__vars *)0)->items[0]; }

bide__vars *bide__vars_now(void) {
    bide__vars *vars = context_of(bide__current)->vars;
    if (vars) vars->refs++;
    return vars;
}

void bide__vars_release(bide__vars *vars) {
    if (!vars || --vars->refs > 0) return;
    for (uint32_t i = 0; i < vars->count; i++) bide_value_clear(&vars->items[i].value);
    bide__free(vars, vars_size(vars->count));
}

void bide__context_enter(bide__coroutine *co, bide_context *context) { co->entered = bide_context_retain(context); }

void bide__context_leave(bide__coroutine *co) {
    bide__vars *vars = co->own.vars;
    bide_context *entered = co->entered;
    co->own = (bide__context){ NULL, 0 }, co->entered = NULL;
    bide__vars_release(vars);
    for (bide_context *c = entered, *outer; c; c = outer) {     /* several, if frames that had entered contexts were abandoned */
        outer = c->runner == co ? c->outer : NULL;
        if (c->runner == co) c->runner = NULL;
        bide_context_release(c);
    }
}

void bide__context_return(const bide_context *context) {
    bide__coroutine *co = bide__current;
    for (bide_context *c = co->entered; c && c != context && c->runner == co; c = co->entered) {
        co->entered = c->outer, c->runner = NULL;
        bide_context_release(c);
    }
}

bool bide__context_is_entered(const bide_context *context) { return context->runner || context == bide__current->entered; }

/* The index of the variable; vars->count: it has no value. */
static uint32_t vars_find(const bide__vars *vars, const bide_context_var *var) {
    uint32_t i = 0;
    while (vars && i < vars->count && vars->items[i].var != var) i++;
    return i;
}

static bide_value *context_value(const bide__context *context, const bide_context_var *var) {
    uint32_t i = vars_find(context->vars, var);
    return context->vars && i < context->vars->count ? &context->vars->items[i].value : NULL;
}

/* A copy of `from` without the variable at `skip`, with room for `more` at the end; NULL: no memory, noted. */
static bide__vars *vars_copy(const bide__vars *from, uint32_t skip, uint32_t more) {
    uint32_t had = from ? from->count : 0, kept = had - (skip < had);
    bide__vars *vars = bide__alloc(vars_size(kept + more));
    if (!vars) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    vars->refs = 1, vars->count = kept + more;
    for (uint32_t i = 0, k = 0; i < had; i++) {
        if (i == skip) continue;
        vars->items[k].var = from->items[i].var;
        bide__share(&vars->items[k++].value, &from->items[i].value);
    }
    return vars;
}

static void context_replace(bide__context *context, bide__vars *vars) {
    bide__vars_release(context->vars);
    context->vars = vars;
}

/* Give `var` a value. Takes `value`, on error too. */
static int context_set(bide__context *context, const bide_context_var *var, bide_value value) {
    bide_value *old = context_value(context, var);
    if (old && context->vars->refs == 1) {
        bide_value_clear(old);
        *old = value;
        return 0;
    }
    bide__vars *vars = vars_copy(context->vars, vars_find(context->vars, var), 1);
    if (!vars) return bide_value_clear(&value), BIDE_ENOMEM;
    vars->items[vars->count - 1].var = var;
    vars->items[vars->count - 1].value = value;
    context_replace(context, vars);
    return 0;
}

static int context_unset(bide__context *context, const bide_context_var *var) {
    if (!context_value(context, var)) return 0;
    if (context->vars->count == 1) return context_replace(context, NULL), 0;
    bide__vars *vars = vars_copy(context->vars, vars_find(context->vars, var), 0);
    if (!vars) return BIDE_ENOMEM;
    context_replace(context, vars);
    return 0;
}

int bide_context_var_get(const bide_context_var *var, bide_value *value) {
    BIDE__TEXT(context_unset, "the context variable has no value and no default");
    const bide_value *found = context_value(context_of(bide__current), var);
    bide__out_none(value);
    if (!found && !var->has_default) return BIDE__FAIL(BIDE_ELOOKUP, context_unset);
    if (value) bide__share(value, found ? found : &var->default_value);
    return 0;
}

int bide_context_var_set(const bide_context_var *var, bide_value value, bide_context_token *token) {
    bide__context *context = context_of(bide__current);
    if (context->id == 0) context->id = ++context_ids_given;
    const bide_value *found = context_value(context, var);
    bide_context_token made = { .var = var, .context = context->id, .had_value = found != NULL };
    if (token && found) bide__share(&made.old, found);
    if (token) *token = (bide_context_token){ .var = NULL };
    int rc = value.kind == BIDE_ERROR ? bide__fail_value(&value) : context_set(context, var, value);
    if (value.kind == BIDE_ERROR) bide_value_clear(&value);
    if (rc == 0 && token) *token = made;
    else bide_value_clear(&made.old);
    return rc;
}

static int context_check_token(const bide_context_var *var, const bide_context_token *token) {
    BIDE__TEXT(used, "the token has already been used once");
    BIDE__TEXT(other_var, "the token was made by a different variable");
    BIDE__TEXT(other_context, "the token was made in a different context");
    if (!token->var || token->is_used) return BIDE__FAIL(BIDE_ERUNTIME, used);
    if (token->var != var) return BIDE__FAIL(BIDE_EVALUE, other_var);
    return token->context == context_of(bide__current)->id ? 0 : BIDE__FAIL(BIDE_EVALUE, other_context);
}

int bide_context_var_reset(const bide_context_var *var, bide_context_token *token) {
    int rc = context_check_token(var, token);
    if (rc != 0) return rc;
    bide__context *context = context_of(bide__current);
    rc = token->had_value ? context_set(context, var, bide_value_copy(token->old)) : context_unset(context, var);
    if (rc != 0) return rc;
    bide_value_clear(&token->old);
    token->is_used = true;
    return 0;
}

void bide_context_token_clear(bide_context_token *token) {
    bide_value_clear(&token->old);
    *token = (bide_context_token){ .var = NULL };
}

/* ---------------------------------------------------------------- contexts */

bide_context *bide_copy_context(void) {
    bide_context *context = bide__alloc(sizeof *context);
    if (!context) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    *context = (bide_context){ .refs = 1 };
    context->values.vars = bide__vars_now();
    return context;
}

bide_context *bide_context_retain(bide_context *context) {
    if (context) context->refs++;
    return context;
}

void bide_context_release(bide_context *context) {
    if (!context || --context->refs > 0) return;
    bide__vars_release(context->values.vars);
    bide__free(context, sizeof *context);
}

int bide_context_run(bide_context *context, bide_fn *fn, void *arg, bide_value *result) {
    BIDE__TEXT(entered, "cannot enter context: it is already entered");
    bide__out_none(result);
    if (!context) return bide__null_future();
    if (bide__context_is_entered(context)) return BIDE__FAIL(BIDE_ERUNTIME, entered);
    context->runner = bide__current, context->outer = bide__current->entered;
    bide__current->entered = bide_context_retain(context);
    int rc = bide_call(fn, arg, result);
    bide__current->entered = context->outer;
    context->runner = NULL;
    bide_context_release(context);
    return rc;
}
BIDE__SUSPENDS(bide_context_run);

int bide_context_get(const bide_context *context, const bide_context_var *var, bide_value *value) {
    const bide_value *found = context ? context_value(&context->values, var) : NULL;
    bide__out_none(value);
    if (!context) return bide__null_future();
    if (!found) return bide__fail_plain(BIDE_EKEY);
    if (value) bide__share(value, found);
    return 0;
}

/* The values are moved, so that each array belongs to one context at any time. */
void bide__context_lend(bide__coroutine *to, bide__coroutine *outer, bide_future *f, bool back) {
    bide__context *lent = context_of(bide__is_task(f) ? &bide__task_of(f)->coroutine : outer);
    bide__context *from = back ? &to->own : lent, *into = back ? lent : &to->own;
    bide__vars_release(into->vars);
    *into = *from;
    *from = (bide__context){ NULL, 0 };
}
