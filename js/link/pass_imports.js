// Defines what the C core imports from bide_pass: it reads and assigns the variables of the passes.
//
//   set_stack(sp, base, limit)    __stack_pointer = sp; __stack_base = base; __stack_limit = limit
//   stack_base()                  __stack_base
//   stack_limit()                 __stack_limit
//   asyncify_state()              __asyncify_state
//   suspends()                    1 if that is there, else 0
//
// If a pass was not run, its variables read as 0 and nothing assigns them. The stack check is over when set_stack is
// defined, so it does not check the pointer there. That pointer was checked when it was saved.

import { define, importedAs, STACK_BASE, STACK_LIMIT, STATE } from './binaryen.js';
import { PASS, STACK_POINTER, SUSPENDS } from './names.js';

/** @param {any} binaryen  @param {any} module */
export function definePassImports(binaryen, module) {
  const { i32, none } = binaryen;
  const exists = (/** @type {string} */ variable) => Boolean(module.getGlobal(variable));
  const read = (/** @type {string} */ variable) => (exists(variable) ? module.global.get(variable, i32) : module.i32.const(0));
  const assign = (/** @type {string} */ variable, /** @type {number} */ i) => module.global.set(variable, module.local.get(i, i32));

  const setStack = importedAs(binaryen, module, PASS.module, PASS.setStack);
  const assignments = [STACK_POINTER, STACK_BASE, STACK_LIMIT].filter(exists).map(assign);
  if (setStack) define(module, setStack, binaryen.createType([i32, i32, i32]), none, module.block(null, assignments));

  for (const [base, variable] of [[PASS.stackBase, STACK_BASE], [PASS.stackLimit, STACK_LIMIT], [PASS.state, STATE]]) {
    const name = importedAs(binaryen, module, PASS.module, base);
    if (name) define(module, name, none, i32, read(variable));
  }
  const suspends = importedAs(binaryen, module, PASS.module, SUSPENDS);
  if (suspends) define(module, suspends, none, i32, module.i32.const(Number(exists(STATE))));
}
