// From the module that the linker made to the one that runs. `bide link`, `build` and `run` do this alike.
//
//   accept.js        refuses what can't be finished.
//   stays.js         finds the functions that stay as they are, while indices are still those of the linker.
//   exported.js      makes the functions by which JavaScript calls exports, and
//   imported.js      those by which C calls JavaScript. Both know what the functions take and return.
//   heap.js          leaves the memory for JavaScript to programs that it has a use in.
//   stack_check.js   is the first pass over all code: it must see the stack pointer as the program uses it.
//   asyncify.js      comes before any optimising, which could make a function that switches part of one that must be
//                    able to unwind.
//   pass_imports.js  gives the C core the variables of both passes.
//   exceptions.js    gives longjmp's exceptions the form that the engine has.
//   optimize.js      is the last pass: the code of Asyncify has the most to gain.
//   described.js     puts what the runtime must know of typed functions behind the code.
//
// A module without coroutines is optimised, and nothing else. The files of js/link do not need Node.

import { accept } from './accept.js';
import { asyncify, defineSwitches } from './asyncify.js';
import { loadBinaryen, removeExports } from './binaryen.js';
import { resumes, suspends } from './coroutines.js';
import { describedIn, forRuntime, withoutDescribed } from './described.js';
import { forgetExceptions, hasExceptions, translateExceptions } from './exceptions.js';
import { isForJavaScript } from './flags.js';
import { defineCalls } from './exported.js';
import { dropHeap } from './heap.js';
import { dropBodies, wrapImports } from './imported.js';
import { nameLibrary } from './library_names.js';
import { JAVASCRIPT_MODULE, OVERFLOW, RAISED, USES_VALUES, VALUE_MAKERS } from './names.js';
import { optimize } from './optimize.js';
import { definePassImports } from './pass_imports.js';
import { checkStacks, hasStacks } from './stack_check.js';
import { staying } from './stays.js';
import { toldBy, withoutTold } from './told.js';

/** @typedef {{ wasm: Uint8Array, map?: string }} Linked  map: what the linker wrote for --Map, see link_map.js
 *  @typedef {{ level: string, names: boolean, stackCheck: boolean, legacyExceptions?: boolean, say?: (line: string) => void }} Options
 *    level: 0 1 2 3 s z; names: whether the name section stays; legacyExceptions: see exceptions.js; say: is called with what is
 *    done next */

/** Throws a LinkError, or what Binaryen throws.
 *  @param {Linked} linked  @param {Options} options  @returns {Promise<Uint8Array>} the finished module */
export async function finish(linked, options) {
  accept(linked.wasm);
  const binaryen = await loadBinaryen();
  const transformed = transform(binaryen, linked, options), { wasm, map } = linked;
  const finished = options.names && map !== undefined ? nameLibrary(transformed, { wasm, map }) : transformed;
  return isForJavaScript(toldBy(wasm)) ? forRuntime(finished, describedIn(wasm)) : finished;
}

/** @param {any} binaryen  @param {Linked} linked  @param {Options} options */
function transform(binaryen, linked, { level, names, stackCheck, legacyExceptions = false, say = () => {} }) {
  const told = toldBy(linked.wasm), cold = [...told.cold], throws = hasExceptions(linked.wasm);
  reset(binaryen);
  let module = binaryen.readBinary(withoutDescribed(withoutTold(linked.wasm)));
  if (!throws) forgetExceptions(binaryen, module);
  const stay = !suspends(linked.wasm) ? [] : staying(linked, told).map((index) => binaryen.getFunctionInfo(module.getFunctionByIndex(index)).name);
  dropHeap(binaryen, module);
  if (!isForJavaScript(told)) dropBodies(binaryen, module);
  stay.push(...defineCalls(binaryen, module), ...wrapImports(binaryen, module));
  if (stackCheck && resumes(linked.wasm) && hasStacks(binaryen, module)) {
    say('stack check');
    const { module: checked, reporters } = checkStacks(binaryen, module);
    module = checked;
    stay.push(...reporters);
    cold.push(...reporters);
  }
  if (suspends(linked.wasm)) {
    say(`asyncify: ${stay.length} of ${module.getNumFunctions()} functions stay as they are`);
    asyncify(binaryen, module, stay);
  } else {
    defineSwitches(binaryen, module);
  }
  definePassImports(binaryen, module);
  removeExports(module, [OVERFLOW, RAISED]);
  if (throws && !legacyExceptions && !isForJavaScript(told)) translateExceptions(binaryen, module);
  forgetAbsent(binaryen, module);
  say(`optimise: -O${level}`);
  optimize(binaryen, module, level, cold);
  binaryen.setDebugInfo(names);
  module.runPasses(['strip-dwarf', 'strip-producers', 'strip-target-features']);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

/** Parts that are absent. The linker puts a function that traps in the place of each, though the only call is guarded by
 *  BIDE__HAS. A function of the program that traps is equal to those; the optimiser would keep one of them, under the part's name.
 *  What JavaScript would call for values goes with the imports that have any.
 *  @param {any} binaryen  @param {any} module */
function forgetAbsent(binaryen, module) {
  module.runPasses(['precompute', 'vacuum', 'remove-unused-module-elements']);
  const all = Array.from({ length: module.getNumFunctions() }, (_, i) => binaryen.getFunctionInfo(module.getFunctionByIndex(i)));
  if (!all.some(({ module: from, base }) => from === JAVASCRIPT_MODULE || (from === 'bide' && USES_VALUES.test(base)))) removeExports(module, VALUE_MAKERS);
}

/** Undo what the module before has set: Binaryen has one set of settings for all modules. Asyncify optimises by them, too.
 *  @param {any} binaryen */
function reset(binaryen) {
  binaryen.setDebugInfo(true);                         // keeps the names, by which the passes find functions
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(1);
}
