// Exceptions, by which longjmp leaves functions (wasm/libc/setjmp.c). WebAssembly has had two forms of them:
//
//   legacy    try … catch … end        what the compiler writes, and the only one that Asyncify knows. Node 20 has no
//                                      other; browsers and newer Node run it, too
//   new       try_table (catch …) …    what the standard has. wasmtime has no other
//
// So a module for WASI is translated after Asyncify, unless it is for Node's own WASI. One for JavaScript is not.

import { sections, TAG_SECTION } from './wasm.js';

/** @param {Uint8Array} wasm  @returns {boolean} whether something in the module is thrown or caught */
export function hasExceptions(wasm) {
  return sections(wasm).some(({ id }) => id === TAG_SECTION);
}

/** The compiler says of every object that it may have exceptions. Then Binaryen expects one of each call, and optimises less.
 *  @param {any} binaryen  @param {any} module  that has none */
export function forgetExceptions(binaryen, module) {
  module.setFeatures(module.getFeatures() & ~binaryen.Features.ExceptionHandling);
}

/** Translate them into the new form. @param {any} binaryen  @param {any} module */
export function translateExceptions(binaryen, module) {
  const { ReferenceTypes, Multivalue } = binaryen.Features;
  module.setFeatures(module.getFeatures() | ReferenceTypes | Multivalue);
  module.runPasses(['translate-to-exnref']);
}
