// Calls of exported functions. What an export takes and returns is known here, and nowhere else.
//
//   (func $bide__js_call.0 (export "call:ii:add") (param $id i32) (param $x i32) (param $y i32) (result i32)
//     (local $arguments i32)
//     (if (local.tee $arguments (call $bide__js_call (local.get $id) (i32.const 0) (i32.const 2)))
//       (then (i32.store (local.get $arguments) (local.get $x))             one of these for each export: it keeps
//             (i32.store offset=8 (local.get $arguments) (local.get $y))))  the arguments for a task
//     (local.get $arguments))
//
//   (func $bide__js_call_export (param $function i32) (param $arguments i32) (param $value i32) (result i32)
//     (if (i32.eqz (local.get $function))
//       (then (i32.store (local.get $value)                                 in place of the import bide_pass.call_export:
//                        (call $add (i32.load …) (i32.load offset=8 …)))    it calls an export with what was kept, and
//             (return (i32.const 1))))                                      answers the type of the value
//     …)
//
// Both stay as they are when Asyncify runs. A resumed call goes through the second one again, with the same arguments.

import { define, exportedAs, importedAs } from './binaryen.js';
import { CALL, CALL_EXPORT, CALL_PREFIX, PASS } from './names.js';

/** Bytes of an argument: union call_value of wasm/js/call.c. */
const ARGUMENT = 8;
/** Exports that are no program's. */
const OURS = /^(bide__|_(initialize|start)$)/;

/** @typedef {{ name: string, params: number[], result: number }} Exported  name: of the function; the types are Binaryen's */

/** @param {any} binaryen  @param {any} module  before Asyncify
 *  @returns {string[]} names of functions that stay as they are */
export function defineCalls(binaryen, module) {
  const keep = exportedAs(binaryen, module, CALL), callExport = importedAs(binaryen, module, PASS.module, CALL_EXPORT);
  if (keep === undefined || callExport === undefined) return [];
  const functions = exportedFunctions(binaryen, module);
  const keepers = functions.map(([name, exported], i) => {
    const keeper = `${CALL}.${i}`;
    defineKeeper(binaryen, module, { keep, keeper, exported, i });
    module.addFunctionExport(keeper, `${CALL_PREFIX}${letters(binaryen, exported.params)}:${name}`);
    return keeper;
  });
  defineCallExport(binaryen, module, callExport, functions.map(([, exported]) => exported));
  return [...keepers, callExport];
}

/** @param {any} binaryen  @param {any} module  @returns {[name: string, exported: Exported][]} */
function exportedFunctions(binaryen, module) {
  const all = Array.from({ length: module.getNumExports() }, (_, i) => binaryen.getExportInfo(module.getExportByIndex(i)));
  return all.filter(({ kind, name }) => kind === binaryen.ExternalFunction && !OURS.test(name)).map(({ name, value }) => {
    const { params, results } = binaryen.getFunctionInfo(module.getFunction(value));
    return [name, { name: value, params: binaryen.expandType(params), result: results }];
  });
}

/** The types, as calls.js reads them. @param {any} binaryen  @param {number[]} types */
function letters(binaryen, types) {
  const { i32, i64, f32, f64 } = binaryen;
  return types.map((type) => ({ [i32]: 'i', [i64]: 'j', [f32]: 'f', [f64]: 'd' })[type]).join('');
}

/** The loads and stores of a type. @param {any} binaryen  @param {any} module  @param {number} type */
function access(binaryen, module, type) {
  const { i32, i64, f32, f64 } = binaryen;
  return { [i32]: module.i32, [i64]: module.i64, [f32]: module.f32, [f64]: module.f64 }[type];
}

/** @param {any} binaryen  @param {any} module  @param {{ keep: string, keeper: string, exported: Exported, i: number }} what */
function defineKeeper(binaryen, module, { keep, keeper, exported: { params }, i }) {
  const { i32 } = binaryen, { local } = module;
  const kept = params.length + 1, pointer = () => local.get(kept, i32);
  const stores = params.map((type, at) => (
    access(binaryen, module, type).store(at * ARGUMENT, 0, pointer(), local.get(at + 1, type))));
  const call = module.call(keep, [local.get(0, i32), module.i32.const(i), module.i32.const(params.length)], i32);
  module.addFunction(keeper, binaryen.createType([i32, ...params]), i32, [i32], module.block(null, [
    module.if(local.tee(kept, call, i32), module.block(null, stores)),
    pointer(),
  ], i32));
}

/** @param {any} binaryen  @param {any} module  @param {string} callExport  @param {Exported[]} functions */
function defineCallExport(binaryen, module, callExport, functions) {
  const { i32, none } = binaryen, { local } = module;
  const numbers = [none, i32, binaryen.i64, binaryen.f32, binaryen.f64];     // enum call_type
  const calls = functions.map(({ name, params, result }) => {
    const args = params.map((type, at) => access(binaryen, module, type).load(at * ARGUMENT, 0, local.get(1, i32)));
    const call = module.call(name, args, result);
    const stored = result === none ? call : access(binaryen, module, result).store(0, 0, local.get(2, i32), call);
    return module.block(null, [stored, module.return(module.i32.const(numbers.indexOf(result)))]);
  });
  define(module, callExport, binaryen.createType([i32, i32, i32]), i32, module.block(null, [choose(binaryen, module, calls), module.unreachable()], i32));
}

/** (block $1 (block $0 (br_table $0 $1 (local.get 0))) call 0) call 1.
 *  @param {any} binaryen  @param {any} module  @param {number[]} calls  none of which falls through  @returns {number} */
function choose(binaryen, module, calls) {
  if (calls.length === 0) return module.nop();         // the program was linked as if it had exports
  const names = calls.map((_, i) => `call${i}`);
  let body = module.switch(names, names[names.length - 1], module.local.get(0, binaryen.i32));
  calls.forEach((call, i) => { body = module.block(null, [module.block(names[i], [body]), call]); });
  return body;
}
