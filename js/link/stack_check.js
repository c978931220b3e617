// The stack check: each function that lowers the C stack pointer compares it with limits.
//
//   Binaryen's pass adds                              here it becomes
//
//   (global $__stack_base (mut i32) 0)                a variable that starts where the stack of main begins
//   (global $__stack_limit (mut i32) 0)               the same, with a name that the binary keeps
//   (import "env" "__handle_stack_overflow" …)        a function, which takes the limits off and calls bide__stack_overflow
//   (export "__set_stack_limits" (func …))            a function that is not exported
//
// and in each function
//
//   (if (i32.or (i32.gt_u (local.tee $new …) (global.get $__stack_base))
//               (i32.lt_u (local.get $new) (global.get $__stack_limit)))
//     (then (call $__handle_stack_overflow (local.get $new))))
//   (global.set $__stack_pointer (local.get $new))
//
// Where a function gives stack back, this is removed again (stack_raises.js). Only debug mode keeps it: it lowers the upper limit
// to notice that a frame returns. Then the handler calls bide__stack_raised, and the program goes on.

import { define, exportedAs, importedAs, removeExports, STACK_BASE, STACK_LIMIT } from './binaryen.js';
import { LinkError } from './errors.js';
import { OVERFLOW, PASS, RAISED, STACK_POINTER } from './names.js';
import { dropRaises } from './stack_raises.js';
import { FUNCTION, imports } from './wasm.js';

const HANDLER = '__handle_stack_overflow', SETTER = '__set_stack_limits';

/** Whether there are stacks to check: somebody enters them, and the report of an overflow is there. A program without
 *  coroutines has one stack, that of the linear memory. It traps when it runs over.
 *  @param {any} binaryen  @param {any} module */
export function hasStacks(binaryen, module) {
  return importedAs(binaryen, module, PASS.module, PASS.setStack) !== undefined && exportedAs(binaryen, module, OVERFLOW) !== undefined;
}

/** Run the pass. It gives calls of the handler a wrong type, but in the binary they are right. So the module is
 *  written and read again.
 *  @param {any} binaryen  @param {any} module  that has stacks
 *  @returns {{ module: any, reporters: string[] }} module: takes the place of the other; reporters: functions that
 *    report an overflow, and never suspend */
export function checkStacks(binaryen, module) {
  const top = initialStackPointer(binaryen, module);
  binaryen.setPassArgument('stack-check-handler', HANDLER);
  module.runPasses(['stack-check']);
  binaryen.clearPassArguments();
  setInitially(binaryen, module, STACK_BASE, top);     // main runs before anybody sets limits
  setInitially(binaryen, module, STACK_LIMIT, 0);
  const bytes = module.emitBinary(), keepsRaises = exportedAs(binaryen, module, RAISED) !== undefined;
  module.dispose();
  if (!keepsRaises) dropRaises(bytes, handlerIndex(bytes));
  const checked = binaryen.readBinary(bytes);
  return { module: checked, reporters: tieHandler(binaryen, checked) };
}

/** @param {Uint8Array} bytes */
function handlerIndex(bytes) {
  return imports(bytes).filter(({ kind }) => kind === FUNCTION).findIndex(({ name }) => name === HANDLER);
}

/** Where the stack of main begins. @param {any} binaryen  @param {any} module  @returns {number} */
function initialStackPointer(binaryen, module) {
  const pointer = module.getGlobal(STACK_POINTER);
  if (!pointer) throw new LinkError(`has no variable ${STACK_POINTER} of its own`);
  return binaryen.getExpressionInfo(binaryen.getGlobalInfo(pointer).init).value;
}

/** Make a variable of the pass again. A binary keeps only those names that a caller of Binaryen gave.
 *  @param {any} binaryen  @param {any} module  @param {string} name  @param {number} value */
function setInitially(binaryen, module, name, value) {
  module.removeGlobal(name);
  module.addGlobal(name, binaryen.i32, true, module.i32.const(value));
}

/** Let the handler call the C core. It takes the limits off before the report, because that needs stack itself.
 *  @param {any} binaryen  @param {any} module  @returns {string[]} */
function tieHandler(binaryen, module) {
  const { i32, none } = binaryen;
  const handler = /** @type {string} */ (importedAs(binaryen, module, 'env', HANDLER));
  const [report, setter] = [OVERFLOW, SETTER].map((name) => /** @type {string} */ (exportedAs(binaryen, module, name)));
  const off = module.call(setter, [module.i32.const(-1), module.i32.const(0)], none);
  const sp = () => module.local.get(0, i32), raised = exportedAs(binaryen, module, RAISED);
  const end = module.block(null, [off, module.call(report, [sp()], none)]);
  const isRaised = () => module.i32.gt_u(sp(), module.global.get(STACK_BASE, i32));
  define(module, handler, i32, none, raised === undefined ? end : module.if(isRaised(), module.call(raised, [sp()], none), end));
  removeExports(module, [SETTER]);
  return raised === undefined ? [handler, report] : [handler, report, raised];
}
