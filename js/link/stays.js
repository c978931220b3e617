// Finds the functions that Asyncify leaves as they are: nothing suspends between their call and their return.
//
//   1. functions of the library: the name begins with bide_, and BIDE__SUSPENDS does not have it, nor BIDE__RUNS where the
//      host returns to its caller; also the wrappers that the library asks the linker for
//   2. functions that only such functions call
//   3. functions that do not come to one that suspends, by whatever calls
//
// The second rule is a walk. It starts at all functions that an export, a table or a tail call may enter, goes along direct
// calls, and does not go into functions of the first rule. Only those can call what it does not reach.
//
//     export -> main -> work -> bide_sleep          bide_loop_close -> close_step
//                        |                             ^
//                        +-----------------------------+ not into this one: close_step is not reached, and stays
//
// The third rule goes the other way, from what suspends to its callers, and stops at functions of the first two rules.
// Asyncify would take each call through a pointer for one that suspends. Here it is one if a function that suspends has
// the type of the call, and its address is taken somewhere: no other can be called.
//
//     bide_sleep <- compare    qsort calls what has the type of compare, so it may suspend; puts does not
//
// Nothing else tells which members of libc call the program back. One thing more is known of libc, if there is a linker's
// map: the functions in a FILE are its own (stdio.js). Else each file would be written by whatever has the type of write.
//
// A function is known by its index. Its name may not be its own, as two files can have a static function of one name.

import { callsOf } from './calls.js';
import { originsOf } from './link_map.js';
import { ASYNCIFY } from './names.js';
import { isFromLibc, isStreamCall } from './stdio.js';
import { FUNCTION, functionBodies, functionNames, imports } from './wasm.js';

/** @typedef {import('./calls.js').Calls} Calls
 *  @typedef {import('./link_map.js').Origin} Origin */

/** @param {{ wasm: Uint8Array, map?: string }} linked  @param {import('./told.js').Told} told
 *  @returns {number[]} indices, ascending */
export function staying({ wasm, map }, told) {
  const imported = imports(wasm).filter(({ kind }) => kind === FUNCTION);
  const bodies = functionBodies(wasm), defined = bodies.map((_, i) => imported.length + i);
  const names = functionNames(wasm), isOurs = testOfNames(told, [...names.values()]);
  const known = new Set(defined.filter((f) => isOurs(names.get(f) ?? '')));
  const origins = map === undefined ? [] : [...imported.map(() => undefined), ...originsOf(map, bodies)];
  const calls = callsOf(wasm);
  if (!calls) return [...known];
  const reached = reachedBeside(known, calls), suspending = suspendingOf(told);
  const sources = [
    ...imported.flatMap(({ module, name }, f) => (module === ASYNCIFY.module && name === ASYNCIFY.startUnwind ? [f] : [])),
    ...defined.filter((f) => suspending.has(names.get(f) ?? '') && !known.has(f)),
  ];
  const suspends = comingTo(sources, reached, callersIn(calls, origins));
  return defined.filter((f) => !suspends.has(f));
}

/** @param {Pick<import('./told.js').Told, 'suspends' | 'runs' | 'returns'>} told  @returns {Set<string>} functions of ours */
function suspendingOf({ suspends, runs, returns }) {
  return new Set(returns.length > 0 ? [...suspends, ...runs] : suspends);
}

/** Only the library has names that begin with bide_. But a program may have a static function with the name of a
 *  wrapper. Then the name does not tell which is ours.
 *  @param {import('./told.js').Told} told  @param {string[]} all  names of the module's functions
 *  @returns {(name: string) => boolean} whether a function of that name is ours and stays */
export function testOfNames({ suspends, runs, returns, link }, all) {
  const suspending = suspendingOf({ suspends, runs, returns });
  const wrappers = link.flatMap((option) => /^--wrap=(.*)/.exec(option)?.[1] ?? []).map((name) => `__wrap_${name}`);
  const own = new Set(wrappers.filter((name) => all.indexOf(name) === all.lastIndexOf(name)));
  return (name) => (own.has(name) || name.startsWith('bide_')) && !suspending.has(name);
}

/** @param {Set<number>} known  @param {Calls} calls
 *  @returns {Set<number>} functions that others than the known ones may call */
function reachedBeside(known, calls) {
  const reached = new Set(), left = [...calls.entered];
  for (let f = left.pop(); f !== undefined; f = left.pop()) {
    if (known.has(f) || reached.has(f)) continue;
    reached.add(f);
    left.push(...calls.callees.get(f) ?? []);
  }
  return reached;
}

/** @param {number[]} sources  @param {Set<number>} among  @param {(f: number) => Iterable<number>} callersOf
 *  @returns {Set<number>} the sources, and who comes to them through functions of `among` */
function comingTo(sources, among, callersOf) {
  const found = new Set(sources), left = [...found];
  for (let f = left.pop(); f !== undefined; f = left.pop()) {
    for (const caller of callersOf(f)) {
      if (found.has(caller) || !among.has(caller)) continue;
      found.add(caller);
      left.push(caller);
    }
  }
  return found;
}

/** @param {Calls} calls  @param {(Origin | undefined)[]} origins  of the functions; empty: nobody knows
 *  @returns {(f: number) => number[]} who may call f, directly or through a pointer */
function callersIn({ callees, pointerCalls, taken, types }, origins) {
  /** @type {Map<number, number[]>} */
  const direct = new Map();
  for (const [caller, called] of callees) for (const f of called) note(direct, f, caller);
  /** By the type of what is called. First of all calls; then of those that may call anything @type {Map<string, number[]>[]} */
  const [byType, beyondStreams] = [new Map(), new Map()];
  for (const [caller, all] of pointerCalls) {
    for (const call of all) {
      note(byType, call.type, caller);
      if (!isFromLibc(origins[caller]) || !isStreamCall(call)) note(beyondStreams, call.type, caller);
    }
  }
  const throughPointer = (/** @type {number} */ f) => (isFromLibc(origins[f]) || origins.length === 0 ? byType : beyondStreams).get(types[f]) ?? [];
  return (f) => [...direct.get(f) ?? [], ...(taken.has(f) ? throughPointer(f) : [])];
}

/** @template K  @param {Map<K, number[]>} lists  @param {K} key  @param {number} value */
function note(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
