// Just enough of the formats of WebAssembly modules, relocatable objects and
// ar archives to know which functions a file defines.

/** @typedef {{ name: string, exported: boolean, local: boolean }} DefinedFunction */

const CUSTOM = 0, IMPORT = 2, CODE = 10;
const SYMBOL_TABLE = 8;                              // subsection of the custom section "linking"
const FUNCTION_NAMES = 1;                            // subsection of the custom section "name"
const KIND_FUNCTION = 0, KIND_DATA = 1, KIND_SECTION = 3;
const LOCAL = 0x02, HIDDEN = 0x04, UNDEFINED = 0x10, EXPLICIT_NAME = 0x40, NO_STRIP = 0x80;

/** @param {Uint8Array} bytes */
export function isWasm(bytes) {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

/** @param {Uint8Array} bytes */
export function isArchive(bytes) {
  return latin1(bytes.subarray(0, 8)) === '!<arch>\n';
}

/** The functions that an object or any member of an archive defines. `exported`
 *  are those that must be kept and may be seen: BIDE_EXPORT makes them so.
 *  @param {Uint8Array} bytes  @returns {DefinedFunction[]} */
export function definedFunctions(bytes) {
  if (isArchive(bytes)) return archiveMembers(bytes).filter(isWasm).flatMap(definedFunctions);
  const linking = sections(bytes).find((s) => s.id === CUSTOM && s.name === 'linking');
  return linking ? symbolTable(bytes, linking) : [];
}

/** Where each defined function of a module lies: offsets in the file, in the order of their indices.
 *  @param {Uint8Array} bytes  @returns {{ imported: number, offsets: number[] }} */
export function functionOffsets(bytes) {
  const all = sections(bytes);
  const code = all.find((s) => s.id === CODE);
  const imports = all.find((s) => s.id === IMPORT);
  return { imported: imports ? countImportedFunctions(bytes, imports.start) : 0, offsets: code ? bodyOffsets(bytes, code.start) : [] };
}

/** @param {Uint8Array} bytes  @param {number} start */
function bodyOffsets(bytes, start) {
  const reader = new Reader(bytes, start);
  const offsets = [];
  for (let n = reader.number(); n > 0; n--) {
    offsets.push(reader.at);
    const size = reader.number();
    reader.at += size;
  }
  return offsets;
}

/** @param {Uint8Array} bytes  @param {number} start */
function countImportedFunctions(bytes, start) {
  const reader = new Reader(bytes, start);
  let functions = 0;
  for (let n = reader.number(); n > 0; n--) {
    reader.string();
    reader.string();
    const kind = reader.byte();
    if (kind === 0) functions++;
    skipImportType(reader, kind);
  }
  return functions;
}

/** @param {Reader} reader  @param {number} kind */
function skipImportType(reader, kind) {
  if (kind === 0) reader.number();                   // function: a type
  else if (kind === 3) reader.at += 2;               // global: type, mutability
  else if (kind === 4) reader.at++, reader.number(); // tag
  else {                                             // table or memory: limits
    if (kind === 1) reader.byte();
    const flags = reader.byte();
    reader.number();
    if (flags & 1) reader.number();
  }
}

/** @param {Uint8Array} bytes  @param {{ start: number, end: number }} section */
function symbolTable(bytes, section) {
  const reader = new Reader(bytes, section.start);
  reader.number();                                   // version of the linking metadata
  while (reader.at < section.end) {
    const type = reader.byte();
    const size = reader.number();
    if (type === SYMBOL_TABLE) return readSymbols(reader);
    reader.at += size;
  }
  return [];
}

/** @param {Reader} reader */
function readSymbols(reader) {
  /** @type {DefinedFunction[]} */
  const functions = [];
  for (let n = reader.number(); n > 0; n--) {
    const kind = reader.byte();
    const flags = reader.number();
    const name = readSymbolName(reader, kind, flags);
    if (kind !== KIND_FUNCTION || flags & UNDEFINED) continue;
    functions.push({ name, local: (flags & LOCAL) !== 0, exported: (flags & NO_STRIP) !== 0 && (flags & (LOCAL | HIDDEN)) === 0 });
  }
  return functions;
}

/** @param {Reader} reader  @param {number} kind  @param {number} flags */
function readSymbolName(reader, kind, flags) {
  if (kind === KIND_SECTION) return reader.number(), '';
  if (kind === KIND_DATA) {
    const name = reader.string();
    if (!(flags & UNDEFINED)) reader.number(), reader.number(), reader.number();   // segment, offset, size
    return name;
  }
  reader.number();                                   // index of the function, global, tag or table
  return flags & UNDEFINED && !(flags & EXPLICIT_NAME) ? '' : reader.string();
}

/** @param {Uint8Array} bytes  of a module or an object  @returns {{ name: string, bytes: Uint8Array }[]} */
export function customSections(bytes) {
  return sections(bytes).filter(({ id }) => id === CUSTOM).map(({ name, start, end }) => ({ name, bytes: bytes.subarray(start, end) }));
}

/** @param {Uint8Array} bytes  @param {(name: string) => boolean} test  of those to be left out */
export function withoutCustomSections(bytes, test) {
  let from = 0;
  const kept = [];
  for (const { id, name, head, end } of sections(bytes)) {
    if (id !== CUSTOM || !test(name)) continue;
    kept.push(bytes.subarray(from, head));
    from = end;
  }
  return new Uint8Array(Buffer.concat([...kept, bytes.subarray(from)]));
}

/** Names of functions by their indices, as the name section has them; undefined: there is none.
 *  @param {Uint8Array} bytes  @returns {Map<number, string> | undefined} */
export function functionNames(bytes) {
  const section = sections(bytes).find(({ id, name }) => id === CUSTOM && name === 'name');
  if (!section) return undefined;
  const reader = new Reader(bytes, section.start);
  const names = new Map();
  while (reader.at < section.end) {
    const kind = reader.byte(), end = reader.number() + reader.at;
    if (kind === FUNCTION_NAMES) for (let n = reader.number(); n > 0; n--) names.set(reader.number(), reader.string());
    reader.at = end;
  }
  return names;
}

/** @param {Uint8Array} bytes  @returns {{ id: number, name: string, head: number, start: number, end: number }[]} head: where it begins, start: its contents */
export function sections(bytes) {
  const reader = new Reader(bytes, 8);
  const found = [];
  while (reader.at < bytes.length) {
    const head = reader.at;
    const id = reader.byte();
    const size = reader.number();
    const end = reader.at + size;
    const name = id === CUSTOM ? reader.string() : '';
    found.push({ id, name, head, start: reader.at, end });
    reader.at = end;
  }
  return found;
}

/** @param {Uint8Array} bytes */
export function archiveMembers(bytes) {
  const members = [];
  for (let at = 8; at + 60 <= bytes.length;) {
    const size = Number.parseInt(latin1(bytes.subarray(at + 48, at + 58)), 10);
    members.push(bytes.subarray(at + 60, at + 60 + size));
    at += 60 + size + (size & 1);
  }
  return members;
}

/** @param {Uint8Array} bytes */
function latin1(bytes) {
  return Buffer.from(bytes).toString('latin1');
}

/** Reads forward through bytes. */
export class Reader {
  /** @param {Uint8Array} bytes  @param {number} at */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (byte === undefined) throw new RangeError('the file is cut off');
    }
  }

  string() {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString('utf8');
  }
}
