/* js.h -- the seam to JavaScript: what the wasm module imports from and exports to js/.
 *
 * Imports of module "bide" are implemented by the files of js/ that each C file
 * names. All else that the program needs is plain wasi_snapshot_preview1. */
#ifndef BIDE_JS_H
#define BIDE_JS_H

#include "link.h"

#define BIDE__JS_IMPORT(name) __attribute__((import_module("bide"), import_name(name)))
#define BIDE__JS_EXPORT(name) __attribute__((used, export_name(name)))

/* flush.c */
void bide__js_flush(void);

#endif
