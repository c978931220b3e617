// The frames that Asyncify saves, each with one move of its cursor.
//
// A frame is the number of the call that unwound, in four bytes, and the locals behind it. The code of the pass moves the
// cursor for each of the two. The cursor is in memory, so the next access waits for a store: that is a tenth of a switch.
// This file makes one move of the two. `cursor` is the word at __asyncify_data, in the body of a function:
//
//        the pass's code                                 here it becomes
//
//    1   if (state == REWINDING) {                       if (state == REWINDING) {
//    2     cursor -= SIZE                                  start = cursor - (SIZE + 4); cursor = start
//                                                          number = load(start)
//    3     a = load(k = cursor); b = load(k, 8); …         a = load(start, 4); b = load(start, 8 + 4); …
//        }                                               }
//    4   unwound = {                                     unwound = {
//    5     if (state == REWINDING) {
//    6       cursor -= 4
//    7       number = load(cursor)
//          }
//          … the function, which goes to the end         … the same
//            with the number of a call that unwinds
//        }                                               }
//    8   store(cursor, unwound)                          start = cursor; store(start, unwound)
//    9   cursor += 4
//   10   store(k = cursor, a); store(k, b, 8); …         store(start, a, 4); store(start, b, 8 + 4); …
//   11   cursor += SIZE                                  cursor = start + SIZE + 4
//
// The frames in memory stay what they were. So a function that does not look like the drawing can be left as it is. Its
// number is now read before 3, so it must not be read into a local that 3 reads.

import { DATA, STATE } from './binaryen.js';
import { steer } from './rewinding.js';

/** @typedef {number} Expression  Binaryen's reference
 *  @typedef {{ body: Expression, rewind: Expression, reads: Expression[], size: number, unwound: Expression, numberRead: Expression,
 *    numberWrite: Expression, numberMove: Expression, writes: Expression[], lastMove: Expression }} Frame  1, 3, SIZE, 4, 7, 8, 9, 10
 *    and 11 of the drawing */

const REWINDING = 2, NUMBER = 4;

/** @param {any} binaryen  @param {any} module  made by the pass
 *  @returns {number} how many functions were changed */
export function joinFrames(binaryen, module) {
  const code = new Code(binaryen);
  let joined = 0;
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const ref = module.getFunctionByIndex(i), { base, body } = binaryen.getFunctionInfo(ref);
    const frame = base ? undefined : frameOf(code, body);
    if (!frame) continue;
    joinReading(binaryen, module, ref, frame);
    joinWriting(binaryen, module, ref, frame);
    steer(binaryen, module, { unwound: frame.unwound, number: binaryen.LocalSet.getIndex(frame.numberRead) });
    joined++;
  }
  return joined;
}

/** @param {Code} code  @param {Expression} body  @returns {Frame | undefined} undefined: it looks different */
function frameOf(code, body) {
  const [rewind, unwinding, numberWrite, numberMove, ...rest] = code.statements(body);
  const [firstMove, ...reads] = code.whileRewinding(rewind);
  const unwound = code.assigned(unwinding);
  const [numberBack, numberRead] = code.whileRewinding(code.statements(unwound)[0]);
  const writes = rest.slice(0, rest.findIndex((e) => code.move(e) !== 0)), lastMove = rest[writes.length];
  const size = code.move(lastMove);

  const moves = [firstMove, numberBack, numberMove].map((e) => code.move(e));
  if (size <= 0 || moves.join() !== [-size, -NUMBER, NUMBER].join()) return undefined;
  if (!code.areReads([numberRead]) || !code.areWrites([numberWrite]) || !code.areReads(reads) || !code.areWrites(writes)) return undefined;
  if (reads.some((e) => code.local(e) === code.local(numberRead))) return undefined;
  return { body, rewind, reads, size, unwound, numberRead, numberWrite, numberMove, writes, lastMove };
}

/** @param {any} binaryen  @param {any} module  @param {number} ref  of the function  @param {Frame} frame */
function joinReading(binaryen, module, ref, { rewind, reads, size, unwound, numberRead }) {
  const { Block, If, Load, LocalSet, i32 } = binaryen;
  const local = binaryen._BinaryenFunctionAddVar(ref, i32), start = () => module.local.get(local, i32);
  for (const load of reads.map((e) => LocalSet.getValue(e))) {
    Load.setPtr(load, start());
    Load.setOffset(load, Load.getOffset(load) + NUMBER);
  }
  const data = () => module.global.get(DATA, i32);
  const before = [
    module.local.set(local, module.i32.sub(module.i32.load(0, 4, data()), module.i32.const(size + NUMBER))),
    module.i32.store(0, 4, data(), start()),
    module.local.set(LocalSet.getIndex(numberRead), module.i32.load(0, 4, start())),
  ];
  Block.removeChildAt(If.getIfTrue(rewind), 0);
  before.forEach((e, i) => Block.insertChildAt(If.getIfTrue(rewind), i, e));
  Block.setChildAt(unwound, 0, module.nop());
}

/** @param {any} binaryen  @param {any} module  @param {number} ref  of the function  @param {Frame} frame */
function joinWriting(binaryen, module, ref, { body, size, numberWrite, numberMove, writes, lastMove }) {
  const { Block, Store, i32 } = binaryen;
  const local = binaryen._BinaryenFunctionAddVar(ref, i32), start = () => module.local.get(local, i32);
  const cursor = Store.getPtr(numberWrite);
  Store.setPtr(numberWrite, start());
  for (const e of writes) {
    Store.setPtr(e, start());
    Store.setOffset(e, Store.getOffset(e) + NUMBER);
  }
  Store.setValue(lastMove, module.i32.add(start(), module.i32.const(size + NUMBER)));
  const children = Array.from({ length: Block.getNumChildren(body) }, (_, i) => Block.getChildAt(body, i));
  Block.removeChildAt(body, children.indexOf(numberMove));
  Block.insertChildAt(body, children.indexOf(numberWrite), module.local.set(local, cursor));
}

/** Recognises statements of the pass. Each question may be asked of an expression that does not exist. */
class Code {
  /** @param {any} binaryen */
  constructor(binaryen) {
    this.binaryen = binaryen;
  }

  /** @param {Expression} e  @param {'Binary' | 'Block' | 'Const' | 'GlobalGet' | 'If' | 'Load' | 'LocalGet' | 'LocalSet' | 'Store'} kind */
  #is(e, kind) {
    return Boolean(e) && this.binaryen.getExpressionId(e) === this.binaryen[`${kind}Id`];
  }

  /** @param {Expression} e  @param {string} name */
  #isGlobal(e, name) {
    return this.#is(e, 'GlobalGet') && this.binaryen.GlobalGet.getName(e) === name;
  }

  /** The parts of `left op constant`. @param {Expression} e
   *  @returns {{ op?: number, left: Expression, constant: number }} */
  #operation(e) {
    const { Binary, Const } = this.binaryen;
    const right = this.#is(e, 'Binary') ? Binary.getRight(e) : 0;
    return this.#is(right, 'Const') ? { op: Binary.getOp(e), left: Binary.getLeft(e), constant: Const.getValueI32(right) } : { left: 0, constant: 0 };
  }

  /** The statements of a block. @param {Expression} e  @returns {Expression[]} */
  statements(e) {
    return this.#is(e, 'Block') ? this.binaryen.Block(e).children : [];
  }

  /** The statements of `if (state == REWINDING)`. @param {Expression} e */
  whileRewinding(e) {
    const { If, EqInt32 } = this.binaryen;
    if (!this.#is(e, 'If') || If.getIfFalse(e)) return [];
    const { op, left, constant } = this.#operation(If.getCondition(e));
    return op === EqInt32 && this.#isGlobal(left, STATE) && constant === REWINDING ? this.statements(If.getIfTrue(e)) : [];
  }

  /** What is assigned to a local. @param {Expression} e  @returns {Expression} 0: nothing */
  assigned(e) {
    return this.#is(e, 'LocalSet') ? this.binaryen.LocalSet.getValue(e) : 0;
  }

  /** The local that is assigned to, or read. @param {Expression} e  @returns {number | undefined} */
  local(e) {
    const { LocalGet, LocalSet } = this.binaryen;
    return this.#is(e, 'LocalSet') ? LocalSet.getIndex(e) : this.#is(e, 'LocalGet') ? LocalGet.getIndex(e) : undefined;
  }

  /** By how many bytes the statement moves the cursor; 0: it is another. @param {Expression} e */
  move(e) {
    const { AddInt32, Store, SubInt32 } = this.binaryen;
    if (!this.#is(e, 'Store') || !this.#isGlobal(Store.getPtr(e), DATA)) return 0;
    const { op, left, constant } = this.#operation(Store.getValue(e));
    if (!this.#isCursor(left)) return 0;
    return op === AddInt32 ? constant : op === SubInt32 ? -constant : 0;
  }

  /** @param {Expression[]} all */
  areReads(all) {
    const { Load } = this.binaryen;
    return all.every((e) => this.#is(this.assigned(e), 'Load')) && this.#areInFrame(all.map((e) => Load.getPtr(this.assigned(e))));
  }

  /** @param {Expression[]} all */
  areWrites(all) {
    return all.every((e) => this.#is(e, 'Store')) && this.#areInFrame(all.map((e) => this.binaryen.Store.getPtr(e)));
  }

  /** @param {Expression} e */
  #isCursor(e) {
    const { Load } = this.binaryen;
    return this.#is(e, 'Load') && Load.getOffset(e) === 0 && this.#isGlobal(Load.getPtr(e), DATA);
  }

  /** Whether each is an address in the frame: the cursor, or the local k that keeps it. @param {Expression[]} addresses */
  #areInFrame(addresses) {
    const kept = addresses.filter((e) => this.#isCursor(this.assigned(e))).map((e) => this.local(e));
    return addresses.every((e) => this.#isCursor(e) || this.#isCursor(this.assigned(e)) || (this.#is(e, 'LocalGet') && kept.includes(this.local(e))));
  }
}
