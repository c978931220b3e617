// What Binaryen does to a linked module, in this order:
//
//   stack-check  each function that lowers the C stack pointer compares it with limits
//   asyncify     C functions become able to unwind and rewind (frames.js: with less work a frame)
//   optimise     after Asyncify: its code is what there is most to gain from
//
// The C core imports bide_pass.set_stack and asyncify.start_unwind with
// its siblings; none of them is left as an import.

import { BuildError } from './errors.js';
import { joinFrames } from './frames.js';
import { functionOrigins } from './link_map.js';
import { toldByModule, withoutTold } from './told.js';
import { functionNames, functionOffsets } from './wasm_object.js';

/** @typedef {import('binaryen')} Binaryen */
/** @typedef {{ level: string, debug: boolean, names: boolean, stackCheck: boolean }} PostlinkOptions
 *    level: 0 1 2 3 s z */

const HANDLER = '__handle_stack_overflow';
const OVERFLOW = 'bide__stack_overflow';
const SETTER = '__set_stack_limits';
const STACK_POINTER = '__stack_pointer', STACK_BASE = '__stack_base', STACK_LIMIT = '__stack_limit';
/** @type {[string, string]} */
const SET_STACK = ['bide_pass', 'set_stack'];
/** What reads them, and the variable of the pass that each reads. */
const READ_LIMITS = { stack_base: STACK_BASE, stack_limit: STACK_LIMIT };

const SWITCHES = ['start_unwind', 'stop_unwind', 'start_rewind', 'stop_rewind'];
/** @type {[string, string]} */
const STATE = ['bide_pass', 'asyncify_state'];

/** C library members whose functions may lie on the stack of a task that
 *  suspends: they call back into the program, or are libc's names for sleeping.
 *  Everything else in libc returns before anyone suspends. */
const CALLS_BACK = new Set([
  '__main_void', 'exit', 'atexit', 'quick_exit', 'at_quick_exit',
  'qsort', 'qsort_nr', 'bsearch', 'lsearch', 'tsearch', 'tfind', 'tdelete', 'tdestroy', 'twalk',
  'nftw', 'fts', 'glob', 'scandirat', 'pthread_once', 'pthread_create', 'pthread_cleanup_push', 'pthread_key_create',
  'sleep', 'usleep', 'nanosleep', 'clock_nanosleep', 'thrd_sleep',
]);

/** Inlining limits, for -O1 to -O3. Larger ones (60) made a small program a tenth
 *  larger and switches no faster. */
const INLINE_SIZE = 20;

let importing;

/** Begin to load Binaryen (15 MB); further calls cost nothing.
 *  @returns {Promise<any>} */
export function loadBinaryen() {
  importing ??= import('binaryen').then((module) => module.default);
  return importing;
}

/** @param {{ wasm: Uint8Array, map: string }} linked  @param {PostlinkOptions} options
 *  @returns {Promise<Uint8Array>} */
export async function postlink(linked, options) {
  const binaryen = await loadBinaryen();
  try {
    return transform(binaryen, linked, options);
  } catch (error) {
    if (error instanceof BuildError) throw error;
    throw new BuildError(`bide: Binaryen failed: ${/** @type {any} */ (error)?.message ?? error}\n`);
  }
}

/** @param {any} binaryen  @param {{ wasm: Uint8Array, map: string }} linked  @param {PostlinkOptions} options */
function transform(binaryen, { wasm, map }, options) {
  binaryen.setDebugInfo(true);   // names, which the steps refer to
  let module = binaryen.readBinary(withoutTold(wasm));
  const untouched = uninstrumented(binaryen, module, wasm, map);
  const checked = options.stackCheck && hasTasks(binaryen, module);
  const stackTop = initialStackPointer(binaryen, module);
  if (checked) module = insertStackCheck(binaryen, module, stackTop);
  defineSetStack(binaryen, module, checked);
  defineReadLimits(binaryen, module, checked);
  const reporters = checked ? tieHandler(binaryen, module) : [];
  for (const name of [OVERFLOW, SETTER]) removeExport(module, name);
  if (SWITCHES.some((name) => importedAs(binaryen, module, 'asyncify', name))) asyncify(binaryen, module, [...untouched, ...reporters]);
  optimize(binaryen, module, options, toldByModule(wasm).cold);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

/** Whether there are stacks to check. A program without tasks has the linear
 *  memory's own alone, which traps when it runs over.
 *  @param {any} binaryen  @param {any} module */
function hasTasks(binaryen, module) {
  return importedAs(binaryen, module, ...SET_STACK) !== undefined && exportedAs(binaryen, module, OVERFLOW) !== undefined;
}

/** @param {any} binaryen  @param {any} module  @param {PostlinkOptions} options  @param {string[]} cold */
function optimize(binaryen, module, { level, names }, cold) {
  const size = { s: 1, z: 2 }[level] ?? 0;
  binaryen.setOptimizeLevel(size ? 2 : Math.max(1, Number(level)));
  binaryen.setShrinkLevel(size);
  if (!size) {
    binaryen.setAlwaysInlineMaxSize(INLINE_SIZE);
    binaryen.setFlexibleInlineMaxSize(INLINE_SIZE);
  }
  for (const name of cold) {
    binaryen.setPassArgument('no-inline', name);
    module.runPasses(['no-inline']);
  }
  binaryen.clearPassArguments();
  module.optimize();
  binaryen.setDebugInfo(names);
  module.runPasses(['strip-producers', 'strip-target-features']);
}

/** Names of the functions that need not be able to unwind.
 *  @param {any} binaryen  @param {any} module  @param {Uint8Array} wasm  @param {string} map */
function uninstrumented(binaryen, module, wasm, map) {
  const origins = functionOrigins(map);
  const names = functionNames(wasm) ?? new Map();
  const suspends = new Set(toldByModule(wasm).suspends);
  const { imported, offsets } = functionOffsets(wasm);
  return offsets.flatMap((offset, i) => {
    const name = names.get(imported + i) ?? '', origin = origins.get(offset - offsets[0]);
    const returns = isOurs(name) ? !suspends.has(name) : origin !== undefined && returnsFirst(origin);
    return returns ? [functionName(binaryen, module, imported + i)] : [];
  });
}

/** Names that programs can't have. @param {string} name */
const isOurs = (name) => /^(bide_|coro_|__wrap_)/.test(name);

/** @param {{ archive: string, member: string }} origin */
function returnsFirst({ archive, member }) {
  return /^libc\.a$|^libclang_rt/.test(archive) && !CALLS_BACK.has(member);
}

/** Where the stack of main begins. @param {any} binaryen  @param {any} module */
function initialStackPointer(binaryen, module) {
  const { init } = binaryen.getGlobalInfo(module.getGlobal(STACK_POINTER));
  return binaryen.getExpressionInfo(init).value;
}

/** Run the pass. It makes the globals of the limits, an exported setter, and an
 *  import for the handler, whose calls it gives a wrong type: they are right in
 *  the binary, so the module is written and read again.
 *  @param {any} binaryen  @param {any} module  @param {number} stackTop */
function insertStackCheck(binaryen, module, stackTop) {
  binaryen.setPassArgument('stack-check-handler', HANDLER);
  module.runPasses(['stack-check']);
  binaryen.clearPassArguments();
  // Made anew: the base from 0, since main runs before anyone sets limits; and only names given here outlive a binary.
  for (const [name, value] of Object.entries({ [STACK_BASE]: stackTop, [STACK_LIMIT]: 0 })) {
    module.removeGlobal(name);
    module.addGlobal(name, binaryen.i32, true, module.i32.const(value));
  }
  const bytes = module.emitBinary();
  module.dispose();
  return binaryen.readBinary(bytes);
}

/** Give the handler that the pass imports to the C core, with the check off:
 *  the report has frames of its own.
 *  @param {any} binaryen  @param {any} module
 *  @returns {string[]} the functions that report an overflow: they never suspend */
function tieHandler(binaryen, module) {
  const { i32, none } = binaryen;
  const report = /** @type {string} */ (exportedAs(binaryen, module, OVERFLOW));
  const setter = exportedAs(binaryen, module, SETTER);
  const handler = importedAs(binaryen, module, 'env', HANDLER);
  module.removeFunction(handler);
  const off = module.call(/** @type {string} */ (setter), [module.i32.const(-1), module.i32.const(0)], none);
  module.addFunction(handler, i32, none, [], module.block(null, [off, module.call(report, [module.local.get(0, i32)], none)]));
  return [handler, report];
}

/** Define what the C core imports to go to another stack. Set here, the pointer is not checked: it was where it is kept.
 *  @param {any} binaryen  @param {any} module  @param {boolean} checked */
function defineSetStack(binaryen, module, checked) {
  const { i32, none } = binaryen;
  const name = importedAs(binaryen, module, ...SET_STACK);
  if (!name) return;
  const variables = checked ? [STACK_POINTER, STACK_BASE, STACK_LIMIT] : [STACK_POINTER];
  const body = variables.map((variable, i) => module.global.set(variable, module.local.get(i, i32)));
  module.removeFunction(name);
  module.addFunction(name, binaryen.createType([i32, i32, i32]), none, [], module.block(null, body));
}

/** Define what the C core imports to read the limits.
 *  @param {any} binaryen  @param {any} module  @param {boolean} checked */
function defineReadLimits(binaryen, module, checked) {
  const { i32, none } = binaryen;
  for (const [base, variable] of Object.entries(READ_LIMITS)) {
    const name = importedAs(binaryen, module, 'bide_pass', base);
    if (!name) continue;
    module.removeFunction(name);
    module.addFunction(name, none, i32, [], checked ? module.global.get(variable, i32) : module.i32.const(0));
  }
}

/** @param {any} binaryen  @param {any} module  @param {string[]} untouched */
function asyncify(binaryen, module, untouched) {
  binaryen.setPassArgument('asyncify-ignore-imports', '1');   // all suspending happens inside
  binaryen.setPassArgument('asyncify-removelist', untouched.join(','));
  module.runPasses(['asyncify']);
  binaryen.clearPassArguments();
  leanSwitches(binaryen, module);
  joinFrames(binaryen, module);
  defineState(binaryen, module);
  for (const name of [...SWITCHES, 'get_state']) module.removeExport(`asyncify_${name}`);
}

/** Each switching function of the pass compares the ends of the data area; the
 *  C core does so once a suspension. What is left is two assignments.
 *  @param {any} binaryen  @param {any} module */
function leanSwitches(binaryen, module) {
  const { i32, none } = binaryen;
  const start = { start_unwind: 1, start_rewind: 2 };
  for (const name of SWITCHES) {
    const internal = exportedAs(binaryen, module, `asyncify_${name}`);
    const starts = name in start;
    const body = [module.global.set('__asyncify_state', module.i32.const(starts ? start[/** @type {keyof typeof start} */ (name)] : 0))];
    if (starts) body.push(module.global.set('__asyncify_data', module.local.get(0, i32)));
    module.removeFunction(internal);
    module.addFunction(internal, starts ? i32 : none, none, [], module.block(null, body));
  }
}

/** Define what the C core imports to read Asyncify's state, for which the pass has no import.
 *  @param {any} binaryen  @param {any} module */
function defineState(binaryen, module) {
  const name = importedAs(binaryen, module, ...STATE);
  if (!name) return;
  module.removeFunction(name);
  module.addFunction(name, binaryen.none, binaryen.i32, [], module.global.get('__asyncify_state', binaryen.i32));
}

/** @param {any} binaryen  @param {any} module  @param {string} from  @param {string} base
 *  @returns {string | undefined} the name of the imported function */
function importedAs(binaryen, module, from, base) {
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const info = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
    if (info.module === from && info.base === base) return info.name;
  }
  return undefined;
}

/** @param {any} binaryen  @param {any} module  @param {number} index */
function functionName(binaryen, module, index) {
  return binaryen.getFunctionInfo(module.getFunctionByIndex(index)).name;
}

/** @param {any} binaryen  @param {any} module  @param {string} name
 *  @returns {string | undefined} the name of the exported function */
function exportedAs(binaryen, module, name) {
  const ref = module.getExport(name);
  return ref ? binaryen.getExportInfo(ref).value : undefined;
}

/** @param {any} module  @param {string} name */
function removeExport(module, name) {
  if (module.getExport(name)) module.removeExport(name);
}
