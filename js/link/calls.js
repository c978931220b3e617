// Who calls whom in a linked module.

import { CALL, CALL_INDIRECT, LOAD, readBody, readConstant, REF_FUNC, RETURN_CALL, RETURN_CALL_INDIRECT, UnknownInstruction } from './instructions.js';
import { ELEMENT, exports, FUNCTION, functionBodies, functionTypes, GLOBAL, imports, Reader, sectionReader, START, TABLE } from './wasm.js';

/** @typedef {{ type: string, field: number | undefined }} PointerCall  a call through a pointer. type: see functionTypes; field: if the
 *    pointer was just loaded, the offset that the load names
 *  @typedef {{ callees: Map<number, Set<number>>, pointerCalls: Map<number, PointerCall[]>, entered: Set<number>, taken: Set<number>, types: string[] }} Calls
 *    Functions are numbers here, their indices. callees: whom each function calls directly; pointerCalls: its calls through pointers;
 *    entered: functions that may be called in another way than directly; taken: those that may be called through a pointer;
 *    types: of all functions */

/** @param {Uint8Array} module  @returns {Calls | undefined} undefined: the module has an instruction or a type that we don't know */
export function callsOf(module) {
  try {
    const { types, functions } = functionTypes(module) ?? unknown(), taken = new Set(addressTaken(module)), outside = enteredFromOutside(module);
    /** @type {Calls} */
    const calls = { callees: new Map(), pointerCalls: new Map(), entered: new Set([...outside, ...taken]), taken, types: functions };
    readCode(module, calls, types);
    if (sharesTable(module)) for (const f of outside) taken.add(f);
    return calls;
  } catch (error) {
    if (error instanceof UnknownInstruction) return undefined;
    throw error;
  }
}

/** @returns {never} */
function unknown() {
  throw new UnknownInstruction();
}

/** Read all code. A function that is called by a tail call, or whose address is taken, becomes one of `entered`.
 *  @param {Uint8Array} module  @param {Calls} calls  @param {string[]} types  of the module */
function readCode(module, { callees, pointerCalls, entered, taken }, types) {
  const imported = imports(module).filter(({ kind }) => kind === FUNCTION).length;
  functionBodies(module).forEach(({ start }, i) => {
    /** @type {Set<number>} */
    const called = new Set();
    /** @type {PointerCall[]} */
    const through = [];
    /** @type {number | undefined} */
    let field;
    readBody(new Reader(module, start), (opcode, operand) => {
      if (opcode === CALL || opcode === RETURN_CALL) called.add(operand);
      if (opcode === RETURN_CALL || opcode === REF_FUNC) entered.add(operand);
      if (opcode === REF_FUNC) taken.add(operand);
      if (opcode === CALL_INDIRECT || opcode === RETURN_CALL_INDIRECT) through.push({ type: types[operand], field });
      field = opcode === LOAD ? operand : undefined;
    });
    callees.set(imported + i, called);
    pointerCalls.set(imported + i, through);
  });
}

/** Whether others can call through the table, or put functions into it. @param {Uint8Array} module */
function sharesTable(module) {
  return [...exports(module), ...imports(module)].some(({ kind }) => kind === TABLE);
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
  const note = (/** @type {number} */ opcode, /** @type {number} */ index) => { if (opcode === REF_FUNC) taken.push(index); };
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
