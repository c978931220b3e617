// The frames that Asyncify saves, each with one move of its cursor.
//
// A frame is the number of the call that unwound, four bytes, and the locals behind it. The code of the pass moves the
// cursor for each of the two: in memory, so that what comes next waits for a store. That is a tenth of a switch. Here
// the two become one, in the code that writes frames and in that which reads them:
//
//   if (state == rewinding) { cursor -= SIZE; read the locals }      if (…) { cursor -= SIZE + 4; read all }
//   called = { if (state == rewinding) { cursor -= 4; read it } … }  called = { … }
//   write the number; cursor += 4                                    write the number
//   write the locals; cursor += SIZE                                 write the locals, 4 further; cursor += SIZE + 4
//
// Frames stay what they were, so a function that looks different is left as it is.

/** @typedef {number} Expression  Binaryen's reference
 *  @typedef {{ body: Expression, rewind: Expression, reads: Expression[], size: number, call: Expression, callRead: Expression,
 *    callMove: Expression, writes: Expression[], lastMove: Expression }} Frame  what saves and restores it
 *  @typedef {ReturnType<typeof shapesOf>} Shapes */

const DATA = '__asyncify_data', STATE = '__asyncify_state', REWINDING = 2, NUMBER = 4;

/** @param {any} binaryen  @param {any} module  made by the pass
 *  @returns {number} how many functions were changed */
export function joinFrames(binaryen, module) {
  const shapes = shapesOf(binaryen);
  let joined = 0;
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const { base, body } = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
    const frame = base ? undefined : frameOf(binaryen, shapes, body);
    if (!frame) continue;
    joinReading(binaryen, module, shapes, frame);
    joinWriting(binaryen, module, shapes, frame);
    joined++;
  }
  return joined;
}

/** What the code of the pass is made of. @param {any} binaryen */
function shapesOf(binaryen) {
  const { Binary, Block, Const, GlobalGet, If, Load, LocalGet, LocalSet, Store } = binaryen;
  const is = (/** @type {Expression} */ e, /** @type {number} */ id) => Boolean(e) && binaryen.getExpressionId(e) === id;
  const isGlobal = (/** @type {Expression} */ e, /** @type {string} */ name) => is(e, binaryen.GlobalGetId) && GlobalGet.getName(e) === name;
  const isBinary = (/** @type {Expression} */ e, /** @type {number} */ op) => is(e, binaryen.BinaryId) && Binary.getOp(e) === op;
  const children = (/** @type {Expression} */ e) => /** @type {Expression[]} */ (is(e, binaryen.BlockId) ? Block.getChildren(e) : []);
  const isCursor = (/** @type {Expression} */ e) => is(e, binaryen.LoadId) && Load.getOffset(e) === 0 && isGlobal(Load.getPtr(e), DATA);
  const isSet = (/** @type {Expression} */ e) => is(e, binaryen.LocalSetId);
  const isKept = (/** @type {Expression} */ e) => isSet(e) && isCursor(LocalSet.getValue(e));
  return {
    isCursor, isKept, isSet, children,
    /** Whether all are places of one frame: the cursor, or the local that the first of them keeps it in. @param {Expression[]} all */
    arePlaces(all) {
      const kept = all.filter(isKept).map((e) => LocalSet.getIndex(e));
      return all.every((e) => isCursor(e) || isKept(e) || (is(e, binaryen.LocalGetId) && kept.includes(LocalGet.getIndex(e))));
    },
    isRead: (/** @type {Expression} */ e) => isSet(e) && is(LocalSet.getValue(e), binaryen.LoadId),
    isWrite: (/** @type {Expression} */ e) => is(e, binaryen.StoreId),
    /** The statements of `if (state == rewinding)`. */
    whileRewinding(/** @type {Expression} */ e) {
      if (!is(e, binaryen.IfId) || If.getIfFalse(e) || !isBinary(If.getCondition(e), binaryen.EqInt32)) return [];
      const { left, right } = Binary(If.getCondition(e));
      return isGlobal(left, STATE) && is(right, binaryen.ConstId) && Const.getValueI32(right) === REWINDING ? children(If.getIfTrue(e)) : [];
    },
    /** By how many bytes the statement moves the cursor; 0: it is no such one. */
    move(/** @type {Expression} */ e, /** @type {number} */ op) {
      if (!is(e, binaryen.StoreId) || !isGlobal(Store.getPtr(e), DATA) || !isBinary(Store.getValue(e), op)) return 0;
      const { left, right } = Binary(Store.getValue(e));
      return isCursor(left) && is(right, binaryen.ConstId) ? Const.getValueI32(right) : 0;
    },
  };
}

/** @param {any} binaryen  @param {Shapes} shapes  @param {Expression} body  @returns {Frame | undefined} */
function frameOf(binaryen, shapes, body) {
  const { AddInt32, SubInt32, LocalSet, Load, Store } = binaryen;
  const [rewind, flow, write, callMove, ...rest] = shapes.children(body);
  const [move, ...reads] = shapes.whileRewinding(rewind);
  const call = shapes.isSet(flow) ? LocalSet.getValue(flow) : 0;
  const [callBack, callRead] = shapes.whileRewinding(shapes.children(call)[0]);
  const size = move ? shapes.move(move, SubInt32) : 0, last = rest.findIndex((e) => shapes.move(e, AddInt32) > 0);
  const moves = [shapes.move(callBack, SubInt32), shapes.move(callMove, AddInt32), last < 0 ? 0 : shapes.move(rest[last], AddInt32)];
  if (!size || !shapes.isWrite(write) || !shapes.isCursor(Store.getPtr(write)) || moves.join() !== [NUMBER, NUMBER, size].join()) return undefined;
  const writes = rest.slice(0, last);
  if (!reads.every(shapes.isRead) || !writes.every(shapes.isWrite) || !shapes.isRead(callRead)) return undefined;
  const from = reads.map((e) => Load.getPtr(LocalSet.getValue(e))), to = writes.map((e) => Store.getPtr(e));
  if (!shapes.arePlaces(from) || !shapes.arePlaces(to) || !isInOrder(binaryen, shapes, reads, callRead)) return undefined;
  return { body, rewind, reads, size, call, callRead, callMove, writes, lastMove: rest[last] };
}

/** The local that the cursor is kept in while locals are read, if it is in one.
 *  @param {any} binaryen  @param {Shapes} shapes  @param {Expression[]} reads  @returns {number | undefined} */
function keeper({ Load, LocalSet }, shapes, reads) {
  const kept = reads.map((e) => Load.getPtr(LocalSet.getValue(e))).find(shapes.isKept);
  return kept && LocalSet.getIndex(kept);
}

/** Whether locals are read in an order in which the number can be read as well: only the last may take the keeper's place.
 *  @param {any} binaryen  @param {Shapes} shapes  @param {Expression[]} reads  @param {Expression} callRead */
function isInOrder(binaryen, shapes, reads, callRead) {
  const { LocalSet } = binaryen;
  const read = reads.map((e) => LocalSet.getIndex(e));
  return !read.includes(LocalSet.getIndex(callRead)) && !read.slice(0, -1).includes(keeper(binaryen, shapes, reads));
}

/** @param {any} binaryen  @param {any} module  @param {Shapes} shapes  @param {Frame} frame */
function joinReading(binaryen, module, shapes, { rewind, reads, size, call, callRead }) {
  const { Block, If, Load, LocalSet, i32 } = binaryen;
  const data = () => module.global.get(DATA, i32);
  const start = () => module.i32.sub(module.i32.load(0, 4, data()), module.i32.const(size + NUMBER));
  const kept = keeper(binaryen, shapes, reads);
  const place = () => (kept === undefined ? start() : module.local.get(kept, i32));
  for (const load of reads.map((e) => LocalSet.getValue(e))) {
    const from = Load.getPtr(load);
    if (shapes.isKept(from)) LocalSet.setValue(from, start());
    else if (kept === undefined) Load.setPtr(load, start());
    Load.setOffset(load, Load.getOffset(load) + NUMBER);
  }
  const moved = module.i32.store(0, 4, data(), place()), number = module.local.set(LocalSet.getIndex(callRead), module.i32.load(0, 4, place()));
  const statements = If.getIfTrue(rewind), isLost = LocalSet.getIndex(reads[reads.length - 1]) === kept;
  Block.removeChildAt(statements, 0);
  // Without a keeper all is read by the cursor, before it is moved. The keeper's local may become that of the number.
  const last = kept === undefined ? [number, moved] : [moved, number];
  last.forEach((e, i) => Block.insertChildAt(statements, reads.length - Number(isLost) + i, e));
  Block.setChildAt(call, 0, module.nop());
}

/** @param {any} binaryen  @param {any} module  @param {Shapes} shapes  @param {Frame} frame */
function joinWriting({ Binary, Block, Store }, module, shapes, { body, size, callMove, writes, lastMove }) {
  for (const e of writes) Store.setOffset(e, Store.getOffset(e) + NUMBER);
  Binary(Store.getValue(lastMove)).setRight(module.i32.const(size + NUMBER));
  Block.removeChildAt(body, shapes.children(body).indexOf(callMove));
}
