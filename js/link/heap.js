// Whether JavaScript can get memory of a program (wasm/js/heap.c): where it has a use for a pointer. A program that gives
// JavaScript no function and takes none from it does not carry the two exports.

import { removeExports } from './binaryen.js';
import { usersImports } from './imported.js';
import { ALLOC, FREE } from './names.js';

/** Exports that every program may have. */
const OURS = /^(bide__.*|_initialize|memory)$/;

/** @param {any} binaryen  @param {any} module  before functions are added to it */
export function dropHeap(binaryen, module) {
  const names = Array.from({ length: module.getNumExports() }, (_, i) => binaryen.getExportInfo(module.getExportByIndex(i)).name);
  if (names.every((name) => OURS.test(name)) && usersImports(binaryen, module).length === 0) removeExports(module, [ALLOC, FREE]);
}
