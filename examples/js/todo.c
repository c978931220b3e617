/* todo.c -- a list of todos with a typed API. C keeps the list; what TypeScript knows of it stands in app.d.mts. */
#include <bide.h>
#include <bide/js.h>
#include <string.h>

BIDE_TYPES("export type State = 'open' | 'done';");
BIDE_TYPES("export interface Todo { readonly id: number; readonly title: string; readonly done: boolean }");

struct todo {
    int id;
    bool done;
    bide_value title;
};

enum { MOST = 100 };
static struct todo todos[MOST];
static size_t n_todos;
static int last_id;

/* Counts the changes. The event is set by each. */
static int version;
static bide_event changed = BIDE_EVENT_INIT;

static struct todo *todo_of(bide_value id) {
    for (size_t i = 0; i < n_todos; i++)
        if (todos[i].id == id.f64) return &todos[i];
    return NULL;
}

static int no_todo(bide_value id) { return bide_raise(BIDE_EKEY, "there is no todo %g", id.f64); }

static int make_object(const struct todo *todo, bide_value *out) {
    BIDE_TRY(bide_js_object(out));
    BIDE_TRY(bide_js_set(*out, "id", bide_i64(todo->id)));
    BIDE_TRY(bide_js_set(*out, "title", bide_value_copy(todo->title)));
    return bide_js_set(*out, "done", bide_bool(todo->done));
}

/* Wakes all who watch. */
static int return_changed(const struct todo *todo) {
    BIDE_AUTO_VALUE bide_value object = { 0 };
    BIDE_TRY(make_object(todo, &object));
    version++;
    bide_event_set(&changed);
    bide_event_clear(&changed);
    return bide_return_value(bide_value_copy(object));
}

/** A new todo, which is open. */
BIDE_FUNCTION(add, "(title: string): Todo") {
    struct todo *todo = &todos[n_todos];
    int rc;
    if (n_todos == MOST) return bide_raise(BIDE_EFULL, "%d todos are enough", MOST);
    *todo = (struct todo){ .id = last_id + 1, .title = bide_value_copy(args[0]) };
    rc = return_changed(todo);
    if (rc == 0) last_id++, n_todos++;
    else bide_value_clear(&todo->title);
    return rc;
}

/** An open one becomes done, and a done one open. */
BIDE_FUNCTION(toggle, "(id: number): Todo") {
    struct todo *todo = todo_of(args[0]);
    if (!todo) return no_todo(args[0]);
    todo->done = !todo->done;
    return return_changed(todo);
}

/** Forgets a todo, and gives it for the last time. */
BIDE_FUNCTION(remove, "(id: number): Todo") {
    struct todo *todo = todo_of(args[0]);
    if (!todo) return no_todo(args[0]);
    BIDE_TRY(return_changed(todo));
    bide_value_clear(&todo->title);
    for (n_todos--; todo < &todos[n_todos]; todo++) *todo = todo[1];
    return 0;
}

static bool is_wanted(const struct todo *todo, bide_value state) {
    return state.kind == BIDE_NONE || (state.kind == BIDE_TEXT && strcmp(state.bytes, todo->done ? "done" : "open") == 0);
}

static int make_list(bide_value state, bide_value *out) {
    bide_value objects[MOST];
    size_t n = 0;
    int rc = 0;
    for (size_t i = 0; i < n_todos && rc == 0; i++)
        if (is_wanted(&todos[i], state)) rc = make_object(&todos[i], &objects[n++]);
    if (rc == 0) *out = bide_list(objects, n);
    else while (n > 0) bide_value_clear(&objects[--n]);
    return rc;
}

/** All todos, or those in a state; the oldest first. */
BIDE_FUNCTION(list, "(state?: State): Todo[]") {
    bide_value todos_now;
    BIDE_TRY(make_list(args[0], &todos_now));
    return bide_return_value(todos_now);
}

/** All todos, and again all whenever something has changed, until JavaScript leaves its loop. */
BIDE_FUNCTION(watch, "(): AsyncGenerator<Todo[]>") {
    for (int seen = -1;;) {
        bide_value todos_now;
        while (seen == version) BIDE_TRY(bide_event_wait(&changed));
        seen = version;
        BIDE_TRY(make_list((bide_value){ 0 }, &todos_now));
        BIDE_TRY(bide_yield(todos_now, NULL));
    }
}
