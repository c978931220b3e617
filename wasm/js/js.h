/* js.h -- the seam to JavaScript: what the wasm module imports from and exports to js/.
 *
 * Imports of module "bide" are implemented by the files of js/ that each C file
 * names. All else that the program needs is plain wasi_snapshot_preview1. */
#ifndef BIDE_JS_H
#define BIDE_JS_H

#include "link.h"
#include "parts.h"

#include <bide/js.h>

#define BIDE__JS_IMPORT(name) __attribute__((import_module("bide"), import_name(name)))
#define BIDE__JS_EXPORT(name) __attribute__((used, export_name(name)))
/* `bide link` defines it: js/link/exported.js. */
#define BIDE__PASS_IMPORT(name) __attribute__((import_module("bide_pass"), import_name(name)))

/* Around code of JavaScript that may call C again. Answers the coroutine to come back to. (host_js.c) */
bide__coroutine *bide__js_leave(void);
void bide__js_back(bide__coroutine *caller);
/* The task that is about to ask for a promise; NULL: none. (promise.c) */
bide_task *bide__js_asks(void);

/* The coroutine that runs, or waits for JavaScript to come back. (host_js.c) */
bide__coroutine *bide__js_caller(void);

/* flush.c */
void bide__js_flush(void);

#endif
