// Takes a comparison out of the four functions by which Asyncify switches. The C core compares instead, once a suspension.
//
//   (func $asyncify_start_unwind (param $0 i32)
//     (global.set $__asyncify_state (i32.const 1))
//     (global.set $__asyncify_data (local.get $0))          only in those that start
//     (if (i32.gt_u (i32.load …) (i32.load offset=4 …))     is taken out
//       (then (unreachable))))

/** @param {any} binaryen  @param {any} module  @param {string[]} switches  names of the four functions */
export function leanSwitches(binaryen, module, switches) {
  const { Block, Function, If } = binaryen;
  const isA = (/** @type {number} */ expression, /** @type {number} */ id) => binaryen.getExpressionId(expression) === id;
  for (const name of switches) {
    const body = Function.getBody(module.getFunction(name));
    const last = Block.getNumChildren(body) - 1, comparison = Block.getChildAt(body, last);
    if (isA(comparison, binaryen.IfId) && isA(If.getIfTrue(comparison), binaryen.UnreachableId)) Block.removeChildAt(body, last);
  }
}
