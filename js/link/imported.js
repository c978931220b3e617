// Imports from JavaScript. While such a function runs, the C core must know that a frame of JavaScript is on the stack.
//
//   (import "env" "count" (func $count.js (param i32) (result i32)))
//
//   (func $count (param $0 i32) (result i32)          takes the place of the import
//     (local $caller i32)
//     (local.set $caller (call $bide__js_leave))
//     (local.set $value (call $count.js (local.get $0)))
//     (call $bide__js_back (local.get $caller))
//     (local.get $value))
//
// An import that returns an int comes from another module then, so that the runtime knows it: what it throws can be
// returned. An import that returns a promise gets the task that asks as a further argument, before the others:
//
//     (local.set $asks (call $bide__js_asks))       which notes that it has asked
//     (local.set $caller (call $bide__js_leave))
//     (local.set $value (call $work.js (local.get $asks) (local.get $0)))

import { define, exportedAs, removeExports } from './binaryen.js';
import { ASKS, BACK, INT_MODULE, JAVASCRIPT_MODULE, LEAVE, PASS, ASYNCIFY, PROMISE_MODULE, THREW } from './names.js';

/** Modules that a user's functions do not come from. */
const OTHERS = new Set(['bide', PASS.module, ASYNCIFY.module, 'wasi_snapshot_preview1']);

/** @typedef {{ name: string, module: string, base: string, params: number, results: number }} Imported */

/** @param {any} binaryen  @param {any} module  before Asyncify  @returns {string[]} names of functions that stay as they are */
export function wrapImports(binaryen, module) {
  const [leave, back, asks] = [LEAVE, BACK, ASKS].map((name) => exportedAs(binaryen, module, name));
  const users = usersImports(binaryen, module);
  if (leave === undefined || back === undefined) {
    for (const imported of users) importAgain(binaryen, module, imported, imported.name);      // no core, so no task is below
    return [];
  }
  for (const imported of users) wrapImport(binaryen, module, imported, { leave, back, asks });
  if (!users.some((imported) => from(binaryen, imported) === INT_MODULE)) removeExports(module, [THREW]);
  removeExports(module, [ASKS]);
  return users.map(({ name }) => name);
}

/** Where there is no JavaScript, no body is called. What follows the call answers that. @param {any} binaryen  @param {any} module */
export function dropBodies(binaryen, module) {
  const bodies = usersImports(binaryen, module).filter((imported) => imported.module === JAVASCRIPT_MODULE);
  for (const { name, params, results } of bodies) define(module, name, params, results, module.i32.const(0));
}

/** @param {any} binaryen  @param {any} module  @returns {Imported[]} */
export function usersImports(binaryen, module) {
  const all = Array.from({ length: module.getNumFunctions() }, (_, i) => binaryen.getFunctionInfo(module.getFunctionByIndex(i)));
  return all.filter((f) => f.module && !OTHERS.has(f.module));
}

/** @param {any} binaryen  @param {Imported} imported */
function from(binaryen, { module, results }) {
  return ![PROMISE_MODULE, JAVASCRIPT_MODULE].includes(module) && results === binaryen.i32 ? INT_MODULE : module;
}

/** @param {any} binaryen  @param {any} module  @param {Imported} imported
 *  @param {{ leave: string, back: string, asks?: string }} border */
function wrapImport(binaryen, module, imported, { leave, back, asks }) {
  const { i32, none } = binaryen, { local } = module, { name, results } = imported;
  const params = binaryen.expandType(imported.params), [caller, asking, value] = [0, 1, 2].map((i) => params.length + i);
  const isPromise = imported.module === PROMISE_MODULE;
  const given = isPromise ? [i32, ...params] : params;
  const args = params.map((/** @type {number} */ type, /** @type {number} */ i) => local.get(i, type));
  const call = module.call(`${name}.js`, isPromise ? [local.get(asking, i32), ...args] : args, results);
  importAgain(binaryen, module, imported, `${name}.js`, given);
  module.addFunction(name, imported.params, results, [i32, i32, ...(results === none ? [] : [results])], module.block(null, [
    ...(isPromise && asks ? [local.set(asking, module.call(asks, [], i32))] : []),
    local.set(caller, module.call(leave, [], i32)),
    results === none ? call : local.set(value, call),
    module.call(back, [local.get(caller, i32)], none),
    ...(results === none ? [] : [local.get(value, results)]),
  ], results));
}

/** @param {any} binaryen  @param {any} module  @param {Imported} imported  it goes
 *  @param {string} name  @param {number[]} [given]  its parameters */
function importAgain(binaryen, module, imported, name, given = binaryen.expandType(imported.params)) {
  module.removeFunction(imported.name);
  module.addFunctionImport(name, from(binaryen, imported), imported.base, binaryen.createType(given), imported.results);
}
