// Takes comparisons of the stack check out that can't fail: where a function gives back the stack that it took.
//
//   (local.tee $new (i32.add … (i32.const SIZE)))         SIZE is positive: the stack pointer goes up again
//   (global.get $__stack_base) (i32.gt_u) …               is dropped, up to the end of the `if`
//   (global.set $__stack_pointer (local.get $new))
//
// This is done in the bytes that the pass has made, in place. Every function that uses stack becomes smaller by a half of
// its check, and faster.

import { CALL, readBody, UnknownInstruction } from './instructions.js';
import { functionBodies, Reader } from './wasm.js';

const CONST = 0x41, ADD = 0x6a, TEE = 0x22, DROP = 0x1a, NOP = 0x01;
/** The comparison, with `?` where a number stands. */
const COMPARISON = '23 ? 4b 20 ? 23 ? 49 72 04 40 20 ? 10 ? 0b'.split(' ').map((text) => (text === '?' ? undefined : parseInt(text, 16)));

/** @param {Uint8Array} module  is changed  @param {number} handler  index of the function that the check calls
 *  @returns {number} how many comparisons were taken out */
export function dropRaises(module, handler) {
  try {
    return functionBodies(module).map(({ start }) => dropInBody(module, start, handler)).reduce((sum, n) => sum + n, 0);
  } catch (error) {
    if (error instanceof UnknownInstruction) return 0;
    throw error;
  }
}

/** @param {Uint8Array} module  @param {number} start  of the body  @param {number} handler */
function dropInBody(module, start, handler) {
  /** @type {[number, number][]} */
  const ranges = [];
  let last = 0, lastAt = 0, isRaise = false;
  readBody(new Reader(module, start), (opcode, _, at, end) => {
    if (opcode === TEE && isRaise) {
      const behind = endOfComparison(module, end, handler);
      if (behind) ranges.push([end, behind]);
    }
    isRaise = opcode === ADD && last === CONST && isPositive(module, lastAt, at);
    [last, lastAt] = [opcode, at];
  });
  for (const [from, to] of ranges) module.fill(NOP, from, to)[from] = DROP;
  return ranges.length;
}

/** Whether the constant whose instruction ends before `end` is positive: its last byte has the sign.
 *  @param {Uint8Array} module  @param {number} at  @param {number} end */
function isPositive(module, at, end) {
  return end > at && !(module[end - 1] & 0x40);
}

/** @param {Uint8Array} module  @param {number} at  @param {number} handler  @returns {number} 0: something else stands there */
function endOfComparison(module, at, handler) {
  const reader = new Reader(module, at);
  let number = 0;
  for (const [i, byte] of COMPARISON.entries()) {
    if (byte === undefined) number = reader.number();
    else if (reader.byte() !== byte) return 0;
    if (byte === undefined && COMPARISON[i - 1] === CALL && number !== handler) return 0;
  }
  return reader.at;
}
