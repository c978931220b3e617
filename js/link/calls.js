// Who calls whom in a linked module.

import { CALL, readBody, readConstant, UnknownInstruction } from './instructions.js';
import { ELEMENT, exports, FUNCTION, functionBodies, GLOBAL, imports, Reader, sectionReader, START } from './wasm.js';

/** @typedef {{ callees: Map<number, Set<number>>, entered: Set<number> }} Calls
 *    Functions are numbers here, their indices. callees: whom each function calls directly; entered: functions that
 *    may be called in another way */

/** @param {Uint8Array} module  @returns {Calls | undefined} undefined: the module has an instruction that we don't know */
export function callsOf(module) {
  try {
    const entered = new Set([...enteredFromOutside(module), ...addressTaken(module)]);
    return { callees: calleesOf(module, entered), entered };
  } catch (error) {
    if (error instanceof UnknownInstruction) return undefined;
    throw error;
  }
}

/** Read all code. A function that is called by a tail call, or whose address is taken, becomes one of `entered`.
 *  @param {Uint8Array} module  @param {Set<number>} entered */
function calleesOf(module, entered) {
  /** @type {Calls['callees']} */
  const callees = new Map();
  const imported = imports(module).filter(({ kind }) => kind === FUNCTION).length;
  functionBodies(module).forEach(({ start }, i) => {
    const called = new Set();
    readBody(new Reader(module, start), (opcode, index) => (opcode === CALL ? called : entered).add(index));
    callees.set(imported + i, called);
  });
  return callees;
}

/** The exports and the start. @param {Uint8Array} module */
function enteredFromOutside(module) {
  const start = sectionReader(module, START)?.number();
  return [...exports(module).filter(({ kind }) => kind === FUNCTION).map(({ index }) => index), ...(start === undefined ? [] : [start])];
}

/** Functions whose addresses stand in globals and tables. @param {Uint8Array} module */
function addressTaken(module) {
  /** @type {number[]} */
  const taken = [];
  const note = (/** @type {number} */ _, /** @type {number} */ index) => { taken.push(index); };
  const globals = sectionReader(module, GLOBAL), segments = sectionReader(module, ELEMENT);
  globals?.each(() => {
    globals.at += 2;                                   // its type, and whether it can be changed
    readConstant(globals, note);
  });
  segments?.each(() => taken.push(...readSegment(segments, note)));
  return taken;
}

/** A segment of a table. @param {Reader} reader  @param {import('./instructions.js').Visit} note */
function readSegment(reader, note) {
  const flags = reader.number(), isActive = !(flags & 1), hasExpressions = flags & 4;
  if (isActive && flags & 2) reader.number();          // which table
  if (isActive) readConstant(reader, note);            // where in it
  if (flags & 3) reader.byte();                        // kind of the elements
  if (!hasExpressions) return reader.each(() => reader.number());
  reader.each(() => readConstant(reader, note));
  return [];
}
