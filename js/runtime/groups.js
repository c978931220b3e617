// Errors of C in the memory. That of a task group has members: src/loop/error_group.c.

import { errorFromC } from './errors.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** What C knows by a number: any value, or an error, and what that showed when C met it. */
export class Held {
  /** @param {unknown} value  @param {import('./errors.js').Shown} [shown] */
  constructor(value, shown) {
    this.value = value;
    this.shown = shown;
  }
}

/** Bytes of a bide_value, and of the bide__blob before contents; where that has its number, its size, and the blob of the members. */
const VALUE_SIZE = 16, BLOB_SIZE = 16, NUMBER = -12, SIZE = 8, MEMBERS = -4;
/** Groups may stand in groups. Those further inside have no members. */
const DEEPEST = 100;

/** @param {Runtime} runtime  @param {number} code  @param {number} room  its message
 *  @param {Held} [met]  the error of JavaScript that C met  @returns {import('./errors.js').BideError & { errors?: unknown[] }} */
export function errorAt(runtime, code, room, met, depth = 0) {
  const { memory } = runtime, error = errorFromC(code | 0, memory.text(room), met), list = depth < DEEPEST ? memory.getUint32(room + MEMBERS) : 0;
  return list ? Object.assign(error, { errors: membersAt(runtime, list, depth + 1) }) : error;
}

/** @param {Runtime} runtime  @param {number} list  a bide__blob  @param {number} depth  @returns {unknown[]} the very errors, if they were of JavaScript */
function membersAt(runtime, list, depth) {
  const { memory, slots } = runtime;
  return Array.from({ length: memory.getUint32(list + SIZE) / VALUE_SIZE }, (_, i) => {
    const at = list + BLOB_SIZE + i * VALUE_SIZE, room = memory.getUint32(at + 8), held = slots.get(memory.getUint32(room + NUMBER));
    return held instanceof Held ? held.value : errorAt(runtime, memory.getUint32(at + 4), room, undefined, depth);
  });
}
