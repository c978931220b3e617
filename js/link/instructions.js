// Reads instructions one by one: as much of each as is needed to find the next one.

/** @typedef {import('./wasm.js').Reader} Reader */
/** @typedef {(opcode: number, operand: number, at: number, end: number) => void} Visit  is called for each instruction. opcode: or its
 *    prefix. operand: of the instructions that have names here, the function, the type of what is called, or the offset of the load.
 *    at, end: where it stands, and the next one */

export const CALL = 0x10, CALL_INDIRECT = 0x11, RETURN_CALL = 0x12, RETURN_CALL_INDIRECT = 0x13, LOAD = 0x28, REF_FUNC = 0xd2;
const END = 0x0b;

/** The code has an instruction that FOLLOWS does not have. */
export class UnknownInstruction extends Error {}

/** What follows an opcode: pieces, for a range of opcodes, from its first to its last. By the prefix; 0 has the opcodes
 *  without one. The pieces are
 *
 *    n  number: an index, a depth, a constant       v  vector of numbers
 *    t  type of a value or a block                  c  vector of catch clauses
 *    m  place in memory: alignment, offset          1 4 8 16  so many bytes
 *
 *  Typed references and the collector's objects are missing, because no C compiler uses them.
 *  @type {Record<number, [first: number, last: number, pieces: string][]>} */
const FOLLOWS = {
  0x00: [
    [0x00, 0x01, ''], [0x02, 0x04, 't'], [0x05, 0x05, ''], [0x06, 0x06, 't'], [0x07, 0x09, 'n'], [0x0a, 0x0b, ''], [0x0c, 0x0d, 'n'],
    [0x0e, 0x0e, 'v n'], [0x0f, 0x0f, ''], [0x10, 0x10, 'n'], [0x11, 0x11, 'n n'], [0x12, 0x12, 'n'], [0x13, 0x13, 'n n'], [0x18, 0x18, 'n'],
    [0x19, 0x1b, ''], [0x1c, 0x1c, 'v'], [0x1f, 0x1f, 't c'], [0x20, 0x26, 'n'], [0x28, 0x3e, 'm'], [0x3f, 0x42, 'n'], [0x43, 0x43, '4'],
    [0x44, 0x44, '8'], [0x45, 0xc4, ''], [0xd0, 0xd0, 'n'], [0xd1, 0xd1, ''], [0xd2, 0xd2, 'n'],
  ],
  0xfc: [
    [0, 7, ''], [8, 8, 'n n'], [9, 9, 'n'], [10, 10, 'n n'], [11, 11, 'n'], [12, 12, 'n n'], [13, 13, 'n'], [14, 14, 'n n'], [15, 17, 'n'],
  ],
  0xfd: [[0, 11, 'm'], [12, 13, '16'], [14, 20, ''], [21, 34, '1'], [35, 83, ''], [84, 91, 'm 1'], [92, 93, 'm'], [94, 275, '']],
  0xfe: [[0, 2, 'm'], [3, 3, '1'], [16, 78, 'm']],
};

/** @type {Record<string, (reader: Reader) => void>} */
const SKIP = {
  n: (reader) => { reader.number(); },
  v: (reader) => { reader.each(() => reader.number()); },
  t: skipType,
  m: readPlace,
  c: (reader) => {
    reader.each(() => {
      const hasTag = reader.byte() < 2;
      if (hasTag) reader.number();
      reader.number();
    });
  },
  1: (reader) => { reader.at += 1; },
  4: (reader) => { reader.at += 4; },
  8: (reader) => { reader.at += 8; },
  16: (reader) => { reader.at += 16; },
};

/** By the prefix, then by the opcode: the functions that skip its pieces. */
const tables = new Map(Object.entries(FOLLOWS).map(([prefix, ranges]) => [Number(prefix), tableOf(ranges)]));

/** @param {[number, number, string][]} ranges  @returns {((reader: Reader) => void)[][]} */
function tableOf(ranges) {
  const table = new Array(ranges[ranges.length - 1][1] + 1);
  for (const [first, last, pieces] of ranges) table.fill(pieces.split(' ').filter(Boolean).map((piece) => SKIP[piece]), first, last + 1);
  return table;
}

/** Read the operands of the instructions that have names, and answer the one that is told.
 *  @type {Record<number, (reader: Reader) => number>} */
const NAMED = {
  [CALL]: (reader) => reader.number(),
  [RETURN_CALL]: (reader) => reader.number(),
  [REF_FUNC]: (reader) => reader.number(),
  [CALL_INDIRECT]: beforeTable,
  [RETURN_CALL_INDIRECT]: beforeTable,
  [LOAD]: (reader) => readPlace(reader),
};

/** @param {Reader} reader  at a type, with a table behind  @returns {number} the type */
function beforeTable(reader) {
  const type = reader.number();
  reader.number();
  return type;
}

/** @param {Reader} reader  at a place in memory  @returns {number} its offset */
function readPlace(reader) {
  const hasIndex = reader.number() & 0x40;
  if (hasIndex) reader.number();
  return reader.number();
}

/** @param {Reader} reader */
function skipType(reader) {
  const type = reader.number(), isTypedReference = type === 0x63 || type === 0x64;
  if (isTypedReference) throw new UnknownInstruction();
}

/** @param {Reader} reader  at an instruction, afterwards at the next  @param {Visit} visit  @returns {number} the opcode, or its prefix */
function readInstruction(reader, visit) {
  const at = reader.at, first = reader.byte();
  const operand = NAMED[first]?.(reader);
  if (operand !== undefined) {
    visit(first, operand, at, reader.at);
    return first;
  }
  const hasPrefix = first !== 0 && tables.has(first);
  const skips = tables.get(hasPrefix ? first : 0)?.[hasPrefix ? reader.number() : first];
  if (!skips) throw new UnknownInstruction();
  for (const skip of skips) skip(reader);
  visit(first, 0, at, reader.at);
  return first;
}

/** @param {Reader} reader  at the body of a function  @param {Visit} visit */
export function readBody(reader, visit) {
  const size = reader.number(), end = reader.at + size;
  reader.each(() => (reader.number(), skipType(reader)));   // locals: how many there are, and of which type
  while (reader.at < end) readInstruction(reader, visit);
}

/** @param {Reader} reader  at the expression of a global or an offset  @param {Visit} visit */
export function readConstant(reader, visit) {
  while (readInstruction(reader, visit) !== END);
}
