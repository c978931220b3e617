// Finds the functions that Asyncify leaves as they are: nothing suspends between their call and their return.
//
//   1. functions of the library: the name begins with bide_, and BIDE__SUSPENDS does not have it, nor BIDE__RUNS where the
//      host returns to its caller; also the wrappers that the library asks the linker for
//   2. functions of the C library and of the compiler's, without the members in CALLS_BACK; the linker's map tells
//      where a function is from
//   3. functions that only such functions call
//
// The third rule is a walk. It starts at all functions that an export, a table or a tail call may enter, goes along direct
// calls, and does not go into functions of the first two rules. Only those can call what it does not reach.
//
//     export -> main -> work -> bide_sleep          bide_loop_close -> close_step
//                        |                             ^
//                        +-----------------------------+ not into this one: close_step is not reached, and stays
//
// A function is known by its index. Its name may not be its own, as two files can have a static function of one name.

import { callsOf } from './calls.js';
import { originsOf } from './link_map.js';
import { FUNCTION, functionBodies, functionNames, imports } from './wasm.js';

/** Members of the C library whose functions may lie on the stack of a task that
 *  suspends: they call back into the program, or have names for sleeping.
 *  All others return before anybody suspends. */
const CALLS_BACK = new Set([
  '__main_void', 'exit', 'atexit', 'quick_exit', 'at_quick_exit',
  'qsort', 'qsort_nr', 'bsearch', 'lsearch', 'tsearch', 'tfind', 'tdelete', 'tdestroy', 'twalk',
  'nftw', 'fts', 'glob', 'scandirat', 'pthread_once', 'pthread_create', 'pthread_cleanup_push', 'pthread_key_create',
  'sleep', 'usleep', 'nanosleep', 'clock_nanosleep', 'thrd_sleep',
]);

/** @param {{ wasm: Uint8Array, map?: string }} linked  @param {import('./told.js').Told} told
 *  @returns {number[]} indices, ascending */
export function staying({ wasm, map }, told) {
  const imported = imports(wasm).filter(({ kind }) => kind === FUNCTION).length;
  const bodies = functionBodies(wasm), defined = bodies.map((_, i) => imported + i);
  const names = functionNames(wasm), isOurs = testOfNames(told, [...names.values()]);
  const origins = map === undefined ? [] : originsOf(map, bodies);
  const known = new Set(defined.filter((f) => isOurs(names.get(f) ?? '') || returnsFirst(origins[f - imported])));
  const reached = reachedBeside(known, callsOf(wasm));
  return defined.filter((f) => known.has(f) || (reached && !reached.has(f)));
}

/** Only the library has names that begin with bide_. But a program may have a static function with the name of a
 *  wrapper. Then the name does not tell which is ours.
 *  @param {import('./told.js').Told} told  @param {string[]} all  names of the module's functions
 *  @returns {(name: string) => boolean} whether a function of that name is ours and stays */
export function testOfNames({ suspends, runs, returns, link }, all) {
  const suspending = new Set(returns.length > 0 ? [...suspends, ...runs] : suspends);
  const wrappers = link.flatMap((option) => /^--wrap=(.*)/.exec(option)?.[1] ?? []).map((name) => `__wrap_${name}`);
  const own = new Set(wrappers.filter((name) => all.indexOf(name) === all.lastIndexOf(name)));
  return (name) => (own.has(name) || name.startsWith('bide_')) && !suspending.has(name);
}

/** @param {import('./link_map.js').Origin | undefined} origin */
function returnsFirst(origin) {
  return origin !== undefined && /^libc\.a$|^libclang_rt/.test(origin.archive) && !CALLS_BACK.has(origin.member);
}

/** @param {Set<number>} known  @param {import('./calls.js').Calls | undefined} calls
 *  @returns {Set<number> | undefined} functions that others than the known ones may call; undefined: nobody knows */
function reachedBeside(known, calls) {
  if (!calls) return undefined;
  const reached = new Set(), left = [...calls.entered];
  for (let f = left.pop(); f !== undefined; f = left.pop()) {
    if (known.has(f) || reached.has(f)) continue;
    reached.add(f);
    left.push(...calls.callees.get(f) ?? []);
  }
  return reached;
}
