/* bide/js.h -- C and JavaScript: typed functions, values, callbacks.
 *
 * Every bide_value that a function here is given is borrowed, but for those that the
 * two set functions take. `out` may be NULL, and is always written: NONE if the
 * function fails. Strings are UTF-8.
 *
 * What JavaScript throws is BIDE_EJS, with its text as the message; a BideError keeps
 * its code. If a typed function or a callback returns the code, its caller in
 * JavaScript gets the very error.
 *
 * Values change at the border like this:
 *
 *     to C                               becomes
 *     number                             F64
 *     bigint                             I64; beyond 64 bits BIDE_EVALUE
 *     boolean, string                    BOOL, TEXT
 *     Uint8Array, ArrayBuffer, a view    BYTES, a copy
 *     T[] of a signature                 LIST; an array as any is a JS
 *     undefined, null                    NONE
 *     all else                           JS: that very value
 *
 *     to JavaScript                      becomes
 *     F64                                number
 *     I64                                bigint or number, as the signature says; as any
 *                                        a number if it is a safe integer, else a bigint
 *     BOOL, TEXT                         boolean, string (what is no UTF-8: U+FFFD)
 *     BYTES, LIST                        Uint8Array, a copy; array
 *     NONE                               undefined; null if the signature has only that
 *     PTR                                number
 *     ERROR                              BideError, or the very error
 *     JS                                 that very value
 *
 * On hosts without JavaScript all functions answer BIDE_ERUNTIME. */
#ifndef BIDE_JS_INCLUDED
#define BIDE_JS_INCLUDED

#include <bide.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --------------------------------------------------------- typed functions */

/* What a typed function is described by. Its fields are private. */
typedef struct {
    int (*fn)(const bide_value *args);
    const void *part;
    struct { size_t stack_size; } options;
} bide__function;
/* Each refers to what typed functions need of the library, without and with options. */
extern const char bide__function_part, bide__function_options_part;

/** A function that JavaScript calls: `BIDE_FUNCTION(area, "(w: number, h: number): number") { return bide_return_f64(args[0].f64 * args[1].f64); }`.
 *
 *  name is that in app.exports. The signature is a string literal: the function's
 *  type in TypeScript. It checks what JavaScript passes, converts it, and stands in
 *  app.d.mts with the comment above the function. The body is that of a function
 *  which answers 0 or a code, and sets its result by bide_return_…. `args` has one
 *  value for each parameter, borrowed until the function ends. One that is left out
 *  is NONE. A last parameter `...rest: T[]` is one LIST.
 *
 *  A result of Promise<T> makes each call a task. AsyncGenerator<T> makes a task
 *  when JavaScript first asks for an item: the body calls bide_yield. A Generator<T>
 *  has a stack of its own too, and is no task. A function with any other result runs
 *  at once, on a large stack that all of these share. Neither can wait: a call in them
 *  that would suspend fails with BIDE_ERUNTIME.
 *
 *  A number, string, boolean, bigint, Uint8Array or array of these is checked and
 *  converted; all other types are as any. A result of the wrong kind is BIDE_ETYPE. */
#define BIDE_FUNCTION(name, signature) BIDE__FUNCTION(name, signature, bide__function_part, 0)

/** BIDE_FUNCTION with options: `BIDE_FUNCTION_WITH(walk, "(): Promise<void>", .stack_size = 65536) { … }`.
 *
 *  stack_size   bytes for each call; 0: BIDE_STACK_SIZE. It is for functions that are tasks. */
#define BIDE_FUNCTION_WITH(name, signature, ...) BIDE__FUNCTION(name, signature, bide__function_options_part, __VA_ARGS__)

/** Text for app.d.mts, outside of any interface: `BIDE_TYPES("export interface Todo { title: string }");`. */
#define BIDE_TYPES(text) BIDE__DESCRIBE("bide_types", BIDE__SOURCE(text) BIDE__HERE)

/** A function whose body is JavaScript: `BIDE_JAVASCRIPT(now_text, "(zone: string): string", "return new Date().toLocaleString('en', { timeZone: zone });");`
 *  defines `int now_text(const bide_value *args, size_t n, bide_value *out)`.
 *
 *  signature and body are string literals. The body sees the parameters by their
 *  names. It stands in app.mjs as an ordinary function, an async one if the result is
 *  a Promise. load() of the module alone is given it as an import.
 *
 *  args, n   borrows; one value for each parameter, as the signature says; those that
 *            are optional may be left out. A last `...rest` is one LIST
 *  out       what it returns; what its promise is fulfilled with
 *  Returns   0; BIDE_ETYPE if an argument or what comes back is of another type than
 *            the signature says; the code of what it throws, as bide_js_call;
 *            BIDE_ERUNTIME without JavaScript; BIDE_ENOMEM; BIDE_ECANCELED.
 *  Suspends  if the result is a Promise.
 *  Cancel    as bide_js_await. */
#define BIDE_JAVASCRIPT(name, signature, body) \
    BIDE__DESCRIBE("bide_javascript", "\"" #name "\"\n.asciz " BIDE__SOURCE(signature) "\n.asciz " BIDE__SOURCE(body) BIDE__HERE); \
    BIDE__BODY(name) \
    int name(const bide_value *args, size_t n, bide_value *out) { \
        bide_value bide__value; \
        const int bide__how = (BIDE__NOTE(#name), BIDE__CALL_BODY(name, args, n, &bide__value)); \
        return __builtin_strstr(signature, "Promise") ? bide__js_body_later(bide__how, &bide__value, out) : bide__js_body_now(bide__how, &bide__value, out); \
    } \
    int name(const bide_value *args, size_t n, bide_value *out)

/* What follows a call of a body. `how` is what JavaScript answered; `value` is taken. */
BIDE_API int bide__js_body_now(int how, bide_value *value, bide_value *out) BIDE_CHECK;
BIDE_API int bide__js_body_later(int how, bide_value *value, bide_value *out) BIDE_CHECK;

/* Debug mode takes it for a call that stands here. */
#ifdef BIDE_DEBUG
#define BIDE__NOTE(name) bide__note_call(name, __FILE__, __LINE__)
#else
#define BIDE__NOTE(name) (void)0
#endif
#ifdef __wasm__
/* A custom section with strings, each with a NUL behind. */
#define BIDE__DESCRIBE(section, strings) \
    __asm__(".section .custom_section." section ",\"\",@\n.asciz " strings "\n.text")
#define BIDE__FUNCTION(name, signature, part, ...) \
    BIDE__DESCRIBE("bide_function", "\"" #name "\"\n.asciz " BIDE__SOURCE(signature) BIDE__HERE); \
    static int name##__bide_function(const bide_value *args); \
    extern const bide__function name##__bide_described __asm__("function:" #name); \
    __attribute__((used, visibility("default"))) const bide__function name##__bide_described = \
        { name##__bide_function, &part, { __VA_ARGS__ } }; \
    static int name##__bide_function(const bide_value *args __attribute__((unused)))
#define BIDE__BODY(name) \
    __attribute__((import_module("bide:javascript"), import_name(#name))) int name##__bide_body(const bide_value *args, size_t n, bide_value *out); \
    int name(const bide_value *args, size_t n, bide_value *out);
#define BIDE__CALL_BODY(name, args, n, out) name##__bide_body(args, n, out)
#else
#define BIDE__DESCRIBE(section, strings) _Static_assert(sizeof(strings) > 0, "a string")
#define BIDE__FUNCTION(name, signature, part, ...) \
    _Static_assert(sizeof(signature) > 1, "a signature"); \
    static int name##__bide_function(const bide_value *args); \
    extern const bide__function name##__bide_described; \
    const bide__function name##__bide_described = { name##__bide_function, &part, { __VA_ARGS__ } }; \
    static int name##__bide_function(const bide_value *args __attribute__((unused)))
#define BIDE__BODY(name) int name(const bide_value *args, size_t n, bide_value *out);
#define BIDE__CALL_BODY(name, args, n, out) ((void)(args), (void)(n), (void)(out), 0)
#endif
#define BIDE__HERE "\n.asciz " BIDE__QUOTED(__FILE__) "\n.asciz \"" BIDE__QUOTED(__LINE__) "\""
#define BIDE__QUOTED(text) BIDE__QUOTED_AS(text)
#define BIDE__QUOTED_AS(text) #text
/* The source of one or several string literals, as a string for the assembler. `bide link` reads it as the compiler would. */
#define BIDE__SOURCE(literals) BIDE__QUOTED(BIDE__QUOTED(literals))

/* ------------------------------------------------------------ values of JavaScript */

/** A global variable: `bide_js_global("console.log", &log)`.
 *
 *  path      borrows; names with dots between
 *  out       what it holds; a function is not bound to what it was found in
 *  Returns   0; BIDE_EJS if JavaScript threw; BIDE_ERUNTIME without JavaScript;
 *            BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      globalThis.console.log. */
BIDE_API int bide_js_global(const char *path, bide_value *out) BIDE_CHECK;

/** One of the imports that load() was given.
 *
 *  name      borrows
 *  out       the import
 *  Returns   as bide_js_global; BIDE_ELOOKUP if there is none of that name.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      import. */
BIDE_API int bide_js_import(const char *name, bide_value *out) BIDE_CHECK;

/** Read a property.
 *
 *  object    borrows; any value but NONE
 *  key       borrows
 *  out       the property; NONE if there is none
 *  Returns   as bide_js_global.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      object[key]. */
BIDE_API int bide_js_get(bide_value object, const char *key, bide_value *out) BIDE_CHECK;

/** Read an item.
 *
 *  object    borrows; any value but NONE
 *  index     from 0
 *  out       the item; NONE if there is none
 *  Returns   as bide_js_global.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      object[index]. */
BIDE_API int bide_js_get_index(bide_value object, size_t index, bide_value *out) BIDE_CHECK;

/** Write a property.
 *
 *  object    borrows; any value but NONE
 *  key       borrows
 *  value     takes, on failure too
 *  Returns   as bide_js_global; the code of `value` if that is an ERROR.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      object[key] = value. */
BIDE_API int bide_js_set(bide_value object, const char *key, bide_value value) BIDE_CHECK;

/** Write an item.
 *
 *  object    borrows; any value but NONE
 *  index     from 0
 *  value     takes, on failure too
 *  Returns   as bide_js_set.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      object[index] = value. */
BIDE_API int bide_js_set_index(bide_value object, size_t index, bide_value value) BIDE_CHECK;

/** Call a function; `this` is undefined.
 *
 *  function  borrows
 *  args, n   borrows; may be NULL and 0
 *  out       what it returns; a promise arrives as JS, for bide_js_await
 *  Returns   as bide_js_global.
 *  Suspends  never. C functions that are called meanwhile can't suspend either.
 *  Cancel    nothing to cancel.
 *  Like      function(...args). */
BIDE_API int bide_js_call(bide_value function, const bide_value *args, size_t n, bide_value *out) BIDE_CHECK;

/** Call a method.
 *
 *  object    borrows; any value but NONE
 *  name      borrows
 *  args, n, out  as bide_js_call
 *  Returns   as bide_js_global.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      object[name](...args). */
BIDE_API int bide_js_call_method(bide_value object, const char *name, const bide_value *args, size_t n, bide_value *out) BIDE_CHECK;

/** Make an object of a class.
 *
 *  constructor  borrows
 *  args, n   as bide_js_call
 *  out       the object
 *  Returns   as bide_js_global.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      new constructor(...args). */
BIDE_API int bide_js_new(bide_value constructor, const bide_value *args, size_t n, bide_value *out) BIDE_CHECK;

/** Wait for a promise, or for any object with a method `then`. Any other value is its own outcome.
 *
 *  value     borrows
 *  out       what it is fulfilled with
 *  Returns   as bide_await_promise.
 *  Suspends  if it is not settled.
 *  Cancel    ends the wait at once, whatever the promise does.
 *  Like      await value. */
BIDE_API int bide_js_await(bide_value value, bide_value *out) BIDE_CHECK;

/** Make an empty object.
 *
 *  out       the object
 *  Returns   as bide_js_global.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      {}. */
BIDE_API int bide_js_object(bide_value *out) BIDE_CHECK;

/** Make an empty array.
 *
 *  out       the array
 *  Returns   as bide_js_global.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      []. */
BIDE_API int bide_js_array(bide_value *out) BIDE_CHECK;

/** Whether a value is of a type.
 *
 *  value     borrows
 *  type      borrows; what typeof answers ("function"; "undefined" for null too), or the name of a
 *            class that the value is of ("Error", "URL"), also of another realm
 *  Returns   true or false; false without JavaScript.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      typeof, instanceof. */
BIDE_API bool bide_js_is(bide_value value, const char *type);

/** The text of a value.
 *
 *  value     borrows
 *  out       a TEXT
 *  Returns   as bide_js_global.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      String(value). */
BIDE_API int bide_js_text(bide_value value, bide_value *out) BIDE_CHECK;

/** Loop over what is iterable: `BIDE_TRY(bide_js_iterate(list, &items)); BIDE_FOR_EACH(item, items) { … }`.
 *
 *  An object with a method [Symbol.asyncIterator] becomes an asynchronous generator,
 *  which is asked in a task; one with [Symbol.iterator] a plain one. What
 *  bide_generator_send sends is given to next(). The iterator's return() is called when the
 *  generator is closed or thrown into, when its last reference goes, and when a wait for an
 *  item is cancelled. An error of the iterator is BIDE_EJS.
 *
 *  iterable  borrows
 *  out       the generator, the caller's; NULL if this fails
 *  Returns   0; BIDE_EJS if it is not iterable, or JavaScript threw; BIDE_ERUNTIME
 *            without JavaScript; BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      for await (const item of iterable), for (const item of iterable). */
BIDE_API int bide_js_iterate(bide_value iterable, bide_generator **out) BIDE_CHECK;

/** An AbortSignal which the first request to cancel the calling task aborts, at once.
 *
 *  A task has one signal. If the task has been cancelled already, the signal is
 *  aborted from the start; if that was taken back, as a timeout does it, the next
 *  call makes a new one.
 *
 *  out       the signal. Its reason is that of the signal which JavaScript cancelled the
 *            call by, if it did
 *  Returns   0; BIDE_ERUNTIME outside of a task, and without JavaScript; BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      new AbortController().signal. */
BIDE_API int bide_js_signal(bide_value *out) BIDE_CHECK;

/* ------------------------------------------------------------------ callbacks */

/** What JavaScript calls when it calls a function of bide_js_function.
 *
 *  args, n   one value for each parameter of the signature, borrowed until the function ends
 *  arg       that of bide_js_function
 *  Returns   0 or a code, as the body of BIDE_FUNCTION. */
typedef int bide_js_fn(const bide_value *args, size_t n, void *arg);

/** Make a function of JavaScript that calls C: `bide_js_function("(event: any): void", on_click, &queue, NULL, &listener)`.
 *
 *  What holds for BIDE_FUNCTION holds for it: a result of Promise<T> makes each call a
 *  task, and any other one runs at once and can't wait. Arguments
 *  beyond the parameters are ignored. A call after the end of the app throws or
 *  rejects.
 *
 *  signature  borrows; as that of BIDE_FUNCTION
 *  fn, arg   what a call calls
 *  release   called once with arg, when JavaScript has collected the function, or when the
 *            app ends by an exit or app.close(); it can't wait. NULL: nothing to release
 *  out       the function. If this fails, `release` is not called
 *  Returns   0; BIDE_EVALUE if the signature can't be read, or fn is NULL; BIDE_ERUNTIME without
 *            JavaScript, and for a generator in a program that never calls bide_yield;
 *            BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      a function expression. */
BIDE_API int bide_js_function(const char *signature, bide_js_fn *fn, void *arg, void (*release)(void *arg), bide_value *out) BIDE_CHECK;

#ifdef BIDE_DEBUG
#define bide_js_global(...) BIDE__CALL(bide_js_global, __VA_ARGS__)
#define bide_js_import(...) BIDE__CALL(bide_js_import, __VA_ARGS__)
#define bide_js_get(...) BIDE__CALL(bide_js_get, __VA_ARGS__)
#define bide_js_get_index(...) BIDE__CALL(bide_js_get_index, __VA_ARGS__)
#define bide_js_set(...) BIDE__CALL(bide_js_set, __VA_ARGS__)
#define bide_js_set_index(...) BIDE__CALL(bide_js_set_index, __VA_ARGS__)
#define bide_js_call(...) BIDE__CALL(bide_js_call, __VA_ARGS__)
#define bide_js_call_method(...) BIDE__CALL(bide_js_call_method, __VA_ARGS__)
#define bide_js_new(...) BIDE__CALL(bide_js_new, __VA_ARGS__)
#define bide_js_await(...) BIDE__CALL(bide_js_await, __VA_ARGS__)
#define bide_js_iterate(...) BIDE__CALL(bide_js_iterate, __VA_ARGS__)
#define bide_js_object(...) BIDE__CALL(bide_js_object, __VA_ARGS__)
#define bide_js_array(...) BIDE__CALL(bide_js_array, __VA_ARGS__)
#define bide_js_function(...) BIDE__CALL(bide_js_function, __VA_ARGS__)
#define bide_js_signal(...) BIDE__CALL(bide_js_signal, __VA_ARGS__)
#define bide_js_text(...) BIDE__CALL(bide_js_text, __VA_ARGS__)
#endif

#ifdef __cplusplus
}
#endif
#endif
