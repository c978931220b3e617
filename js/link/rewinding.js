// The way back to the call that was suspended, without a detour.
//
// While a function rewinds, Asyncify has it walk through all of its code, with a question before each statement whether it
// is to be skipped. In a switch it falls from case to case until it is there. The questions take time in each switch of tasks.
// And because control may come from every case into the next, engines keep the locals of all cases apart: a large interpreter
// loop takes tens of kilobytes of the engine's stack. This file asks only where the answer is not known, and jumps over the
// blocks that don't have the call. `number` is that of the call, K a set of numbers:
//
//   statements of a block        here it becomes
//
//   if (normal) a                if (normal) a
//   block $b { … K … }           block $b { if (rewinding) br_table number …   jumps out of $b, and of blocks around it
//                                           … K … }                            that begin with it
//   if (normal) c                if (normal) c
//   if (normal || number == k)   call()
//     call()
//   if (normal) d                d
//
// It rests on this: control that is rewinding comes to a block only if the block has the call (`sure` below). Then the last
// statement with a call has it if no other had. Behind that statement nobody is rewinding any more.
//
// A function in which a call stands where this does not look, like in a `try`, is left as it is.

import { STATE } from './binaryen.js';

/** @typedef {number} Expression  Binaryen's reference
 *  @typedef {{ label: string, calls: number[] }} Exit  a block that is left if the call is one of these, which follow it */

const REWINDING = 2;

/** @param {any} binaryen  @param {any} module
 *  @param {{ unwound: Expression, number: number }} frame  unwound: the function's code, a block that an unwinding call leaves with
 *    its number; number: the local that has it while rewinding */
export function steer(binaryen, module, { unwound, number }) {
  const way = new Way(binaryen, module, number);
  const calls = way.callsIn(unwound), unwinding = new Set(unwindingIn(binaryen, unwound));
  if (calls.length === 0 || calls.length !== unwinding.size || !calls.every((k) => unwinding.has(k))) return;
  way.block(unwound, []);
}

/** The numbers of all calls. @param {any} binaryen  @param {Expression} unwound */
function unwindingIn(binaryen, unwound) {
  const label = binaryen.Block.getName(unwound).replace(/[^\w]/g, '\\$&');
  return [...binaryen.emitText(unwound).matchAll(new RegExp(`\\(br(?:_if)? \\$${label}\\s+\\(i32\\.const (\\d+)\\)`, 'g'))].map((match) => Number(match[1]));
}

class Way {
  /** By expression. @type {Map<Expression, number[]>} */
  #calls = new Map();
  #labels = 0;

  /** @param {any} binaryen  @param {any} module  @param {number} number  the local */
  constructor(binaryen, module, number) {
    this.binaryen = binaryen;
    this.module = module;
    this.number = number;
  }

  // ------------------------------------------------------------ what there is

  /** @param {Expression} e  @param {string} kind */
  #is(e, kind) {
    return Boolean(e) && this.binaryen.getExpressionId(e) === this.binaryen[`${kind}Id`];
  }

  /** @param {Expression} e */
  #isState(e) {
    return this.#is(e, 'GlobalGet') && this.binaryen.GlobalGet.getName(e) === STATE;
  }

  /** state == 0. @param {Expression} e */
  #isNormal(e) {
    const { Unary, EqZInt32 } = this.binaryen;
    return this.#is(e, 'Unary') && Unary.getOp(e) === EqZInt32 && this.#isState(Unary.getValue(e));
  }

  /** @param {Expression} e  @returns {number | undefined} the k of `number == k` */
  #compared(e) {
    const { Binary, Const, EqInt32, EqZInt32, LocalGet, Unary } = this.binaryen;
    const isNumber = (/** @type {Expression} */ x) => this.#is(x, 'LocalGet') && LocalGet.getIndex(x) === this.number;
    if (this.#is(e, 'Unary')) return Unary.getOp(e) === EqZInt32 && isNumber(Unary.getValue(e)) ? 0 : undefined;
    if (!this.#is(e, 'Binary') || Binary.getOp(e) !== EqInt32 || !isNumber(Binary.getLeft(e))) return undefined;
    return this.#is(Binary.getRight(e), 'Const') ? Const.getValueI32(Binary.getRight(e)) : undefined;
  }

  /** @param {Expression} e  @returns {number | undefined} the k of `if (normal || number == k)` */
  #call(e) {
    const { Binary, If, OrInt32 } = this.binaryen;
    const condition = this.#is(e, 'If') && !If.getIfFalse(e) ? If.getCondition(e) : 0;
    if (!this.#is(condition, 'Binary') || Binary.getOp(condition) !== OrInt32 || !this.#isNormal(Binary.getLeft(condition))) return undefined;
    return this.#compared(Binary.getRight(condition));
  }

  /** @param {Expression} e  @returns {Expression[]} statements and blocks inside */
  #inside(e) {
    const { Block, If, Loop } = this.binaryen;
    if (this.#is(e, 'Block')) return Array.from({ length: Block.getNumChildren(e) }, (_, i) => Block.getChildAt(e, i));
    if (this.#is(e, 'Loop')) return [Loop.getBody(e)];
    return this.#is(e, 'If') ? [If.getIfTrue(e), If.getIfFalse(e)].filter(Boolean) : [];
  }

  /** @param {Expression} e  @returns {number[]} the numbers of the calls in it */
  callsIn(e) {
    let calls = this.#calls.get(e);
    if (!calls) {
      const k = this.#call(e);
      calls = k === undefined ? this.#inside(e).flatMap((inner) => this.callsIn(inner)) : [k];
      this.#calls.set(e, calls);
    }
    return calls;
  }

  // ------------------------------------------------------------ what is made of it

  /** A statement which has the call if control comes here rewinding.
   *  @param {Expression} e  @returns {Expression} what takes its place */
  #sure(e) {
    const { If, Loop } = this.binaryen;
    if (this.#call(e) !== undefined) return If.getIfTrue(e);
    if (this.#is(e, 'Block')) return this.block(e, []);
    if (this.#is(e, 'Loop')) Loop.setBody(e, this.#sure(Loop.getBody(e)));
    else if (this.#is(e, 'If')) this.#branch(e);
    return this.#finalized(e);
  }

  /** @param {Expression} e  an if with the call in one of its branches */
  #branch(e) {
    const { If } = this.binaryen;
    const [yes, no] = [If.getIfTrue(e), If.getIfFalse(e)];
    if (!no || this.callsIn(no).length === 0) If.setIfTrue(e, this.#sure(yes));
    else if (this.callsIn(yes).length === 0) If.setIfFalse(e, this.#sure(no));
  }

  /** A block which has the call, or one of `exits` has, if control comes here rewinding.
   *  @param {Expression} e  @param {Exit[]} exits  @returns {Expression} e */
  block(e, exits) {
    const { Block } = this.binaryen;
    const statements = this.#inside(e), withCalls = statements.filter((s) => this.callsIn(s).length > 0);
    const last = withCalls[withCalls.length - 1], end = statements.indexOf(last);
    const begins = this.#is(statements[0], 'Block') && statements[0] === withCalls[0];
    statements.forEach((s, i) => {
      const handed = begins && i === 0 ? exits : [];
      if (i > end) Block.setChildAt(e, i, this.#plain(s));
      else if (s === last) Block.setChildAt(e, i, handed.length > 0 ? this.block(s, handed) : this.#sure(s));
      else if (this.callsIn(s).length > 0) Block.setChildAt(e, i, this.#left(s, handed, statements.slice(i + 1)));
    });
    if (!begins && exits.length > 0) this.#leave(e, exits);
    return this.#finalized(e);
  }

  /** A statement that others with calls follow.
   *  @param {Expression} e  @param {Exit[]} exits  @param {Expression[]} following */
  #left(e, exits, following) {
    if (!this.#is(e, 'Block') && !this.#is(e, 'Loop')) return e;
    const { Block } = this.binaryen;
    const calls = this.callsIn(e), block = this.#is(e, 'Block') ? e : this.module.block(null, [e]);
    this.#calls.set(block, calls);
    if (!Block.getName(block)) Block.setName(block, `bide_rewinding_${this.#labels++}`);
    return this.block(block, [...exits, { label: Block.getName(block), calls: following.flatMap((s) => this.callsIn(s)) }]);
  }

  /** Let the block begin with the jumps to its exits. @param {Expression} e  @param {Exit[]} exits */
  #leave(e, exits) {
    const { Block, If } = this.binaryen;
    const { module } = this, first = Block.getChildAt(e, 0);
    if (this.#is(first, 'If') && this.#isNormal(If.getCondition(first)) && !If.getIfFalse(first)) If.setIfFalse(first, this.#jump(exits));
    else Block.insertChildAt(e, 0, module.if(module.i32.eq(module.global.get(STATE, this.binaryen.i32), module.i32.const(REWINDING)), this.#jump(exits)));
    this.#finalized(Block.getChildAt(e, 0));
  }

  /** @param {Exit[]} exits */
  #jump(exits) {
    const { module } = this, number = module.local.get(this.number, this.binaryen.i32);
    const all = exits.flatMap(({ calls }) => calls), lowest = all.reduce((a, b) => Math.min(a, b)), highest = all.reduce((a, b) => Math.max(a, b));
    if (all.length === 1) return module.br_if(exits[0].label, module.i32.eq(number, module.i32.const(lowest)));
    const stay = `bide_rewinding_${this.#labels++}`;
    const names = Array.from({ length: highest - lowest + 1 }, (_, i) => exits.find(({ calls }) => calls.includes(lowest + i))?.label ?? stay);
    return module.block(stay, [module.switch(names, stay, module.i32.sub(number, module.i32.const(lowest)))]);
  }

  /** A statement to which control never comes rewinding, nor unwinding. @param {Expression} e  @returns {Expression} */
  #plain(e) {
    const { Block, Break, If, LocalSet, Loop, Select } = this.binaryen;
    if (this.#is(e, 'If') && this.#isNormal(If.getCondition(e))) return this.#plain(If.getIfTrue(e));
    if (this.#is(e, 'If') && this.#isState(If.getCondition(e))) return If.getIfFalse(e) ? this.#plain(If.getIfFalse(e)) : this.module.nop();
    if (this.#is(e, 'Break') && this.#isNormal(Break.getCondition(e)) && !Break.getValue(e)) return this.module.br(Break.getName(e));
    if (this.#is(e, 'Block')) this.#inside(e).forEach((s, i) => Block.setChildAt(e, i, this.#plain(s)));
    if (this.#is(e, 'Loop')) Loop.setBody(e, this.#plain(Loop.getBody(e)));
    if (this.#is(e, 'LocalSet') && this.#is(LocalSet.getValue(e), 'Select')) {
      const choice = LocalSet.getValue(e);
      if (this.#isState(Select.getCondition(choice)) && this.#is(Select.getIfTrue(choice), 'LocalGet')) LocalSet.setValue(e, Select.getIfFalse(choice));
    }
    return this.#finalized(e);
  }

  /** @param {Expression} e  whose parts have changed */
  #finalized(e) {
    this.binaryen._BinaryenExpressionFinalize(e);
    return e;
  }
}
