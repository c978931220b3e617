// Static functions of the library get our prefix in the names of a finished module. So a stack trace tells them from
// the program's.
//
//     returning_turns   in libbide.a becomes   bide__returning_turns
//
// A name that the program has, too, stays as it is.

import { originsOf } from './link_map.js';
import { functionBodies, functionNames, importedFunctions, withFunctionNames } from './wasm.js';

const LIBRARY = 'libbide.a', OURS = /^(bide_|coro_|__)/, PREFIX = 'bide__';

/** @param {Uint8Array} finished  @param {{ wasm: Uint8Array, map: string }} linked  what it was made of  @returns {Uint8Array} */
export function nameLibrary(finished, { wasm, map }) {
  const first = importedFunctions(wasm), names = functionNames(wasm);
  const ours = new Set(), theirs = new Set();
  for (const [i, { archive }] of originsOf(map, functionBodies(wasm)).entries()) (archive === LIBRARY ? ours : theirs).add(names.get(first + i));
  return withFunctionNames(finished, (name) => (ours.has(name) && !theirs.has(name) && !OURS.test(name) ? PREFIX + name : name));
}
