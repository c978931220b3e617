/* js.h -- the seam to JavaScript: what the wasm module imports from and exports to js/.
 *
 * Imports of module "bide" are implemented by js/runtime.js and its parts. All
 * else that the program needs is plain wasi_snapshot_preview1. */
#ifndef BIDE_JS_H
#define BIDE_JS_H

#include "internal.h"

#define BIDE__JS_IMPORT(name) __attribute__((import_module("bide"), import_name(name)))
#define BIDE__JS_EXPORT(name) __attribute__((used, export_name(name)))

/* The loop for calls that arrive while no bide_run is under way; NULL without memory. */
bide_loop *bide__js_own_loop(void);
/* Start `main`, or go on with it until it suspends: `fn` is what calls it. */
void bide__js_run_main(bide_fn *fn);

/* Something that JavaScript owes to a loop: the start of what C has allocated for it. */
typedef struct bide__js_operation {
    void (*complete)(struct bide__js_operation *op);
} bide__js_operation;

#endif
