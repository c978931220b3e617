/* todo.c -- a list of todos with a typed API. C keeps the list; what TypeScript knows of it stands in app.d.mts. */
#include <bide.h>
#include <bide/js.h>
#include <string.h>

BIDE_TYPES("export interface Todo { readonly id: number; readonly title: string; readonly done: boolean }");
BIDE_TYPES("export interface Change { readonly what: 'added' | 'toggled' | 'removed'; readonly todo: Todo }");

struct todo {
    int id;
    bool done;
    bide_value title;
};

/* One that loops over the changes, and those that it has not seen yet. */
struct watcher {
    struct watcher *next;
    bide_queue changes;
};

enum { MOST = 100 };
static struct todo todos[MOST];
static size_t n_todos;
static int last_id;
static struct watcher *watchers;

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

/* Tells all watchers what has become of a todo, and makes that the function's result. */
static int return_changed(const struct todo *todo, const char *what) {
    BIDE_AUTO_VALUE bide_value change = { 0 }, object = { 0 };
    BIDE_TRY(make_object(todo, &object));
    BIDE_TRY(bide_js_object(&change));
    BIDE_TRY(bide_js_set(change, "what", bide_text("%s", what)));
    BIDE_TRY(bide_js_set(change, "todo", bide_value_copy(object)));
    for (struct watcher *w = watchers; w; w = w->next) BIDE_TRY(bide_queue_put_nowait(&w->changes, bide_value_copy(change)));
    return bide_return_value(bide_value_copy(object));
}

/** A new todo, which is open. */
BIDE_FUNCTION(add, "(title: string): Todo") {
    struct todo *todo = &todos[n_todos];
    int rc;
    if (n_todos == MOST) return bide_raise(BIDE_EFULL, "%d todos are enough", MOST);
    *todo = (struct todo){ .id = last_id + 1, .title = bide_value_copy(args[0]) };
    rc = return_changed(todo, "added");
    if (rc == 0) last_id++, n_todos++;
    else bide_value_clear(&todo->title);
    return rc;
}

/** An open one becomes done, and a done one open. */
BIDE_FUNCTION(toggle, "(id: number): Todo") {
    struct todo *todo = todo_of(args[0]);
    if (!todo) return no_todo(args[0]);
    todo->done = !todo->done;
    return return_changed(todo, "toggled");
}

/** Forgets a todo, and gives it for the last time. */
BIDE_FUNCTION(remove, "(id: number): Todo") {
    struct todo *todo = todo_of(args[0]);
    if (!todo) return no_todo(args[0]);
    BIDE_TRY(return_changed(todo, "removed"));
    bide_value_clear(&todo->title);
    for (n_todos--; todo < &todos[n_todos]; todo++) *todo = todo[1];
    return 0;
}

static bool is_wanted(const struct todo *todo, bide_value state) {
    return state.kind == BIDE_NONE || (state.kind == BIDE_TEXT && strcmp(state.bytes, todo->done ? "done" : "open") == 0);
}

/** All todos, or those in a state; the oldest first. */
BIDE_FUNCTION(list, "(state?: 'open' | 'done'): Todo[]") {
    bide_value objects[MOST];
    size_t n = 0;
    int rc = 0;
    for (size_t i = 0; i < n_todos && rc == 0; i++)
        if (is_wanted(&todos[i], args[0])) rc = make_object(&todos[i], &objects[n++]);
    if (rc == 0) return bide_return_list(objects, n);
    while (n > 0) bide_value_clear(&objects[--n]);
    return rc;
}

static int watch(void *watcher) {
    struct watcher *w = watcher;
    BIDE_TRY(bide_queue_init(&w->changes, 0));
    w->next = watchers;
    watchers = w;
    return 0;
}

static void watch_no_more(void *watcher) {
    struct watcher *w = watcher, **at = &watchers;
    while (*at != w) at = &(*at)->next;
    *at = w->next;
    bide_queue_clear(&w->changes);
}

/** Resolves when the loops listen that have been entered. Its task stands behind theirs. */
BIDE_FUNCTION(listening, "(): Promise<void>") { return 0; }

/** What becomes of the list from now on, until JavaScript leaves its loop. */
BIDE_FUNCTION(changes, "(): AsyncGenerator<Change>") {
    struct watcher me;
    bide_value change;
    BIDE_GUARD(watch, watch_no_more, &me);
    for (;;) {
        BIDE_TRY(bide_queue_get(&me.changes, &change));
        BIDE_TRY(bide_yield(change, NULL));
    }
}
