// Reads modules and objects of WebAssembly, and archives of objects.
//
//   module, object   \0asm version section…          section: id, size, contents
//   archive          !<arch>\n member…                member: a head of 60 bytes, which has the size as text, contents
//
// An object has a custom section "linking" with its symbol table. A module has exports.

/** @typedef {{ name: string, isFunction: boolean, exported: boolean, local: boolean, weak: boolean }} Defined  a function or a variable of C.
 *    exported: it must be kept and may be seen, as BIDE_EXPORT makes it */
/** @typedef {{ id: number, name: string, head: number, start: number, end: number }} Section
 *    name: that of a custom section; head: where the section begins; start: where its contents begin */

const VERSION = 1;
export const CUSTOM = 0, TYPE = 1, IMPORT = 2, FUNCTIONS = 3, EXPORT = 7, START = 8, ELEMENT = 9, GLOBAL = 6, CODE = 10, TAG_SECTION = 13;
export const FUNCTION = 0, TABLE = 1;
const MEMORY = 2, VARIABLE = 3, TAG = 4;  // kinds of what is imported and exported
const SYMBOL_TABLE = 8;                              // subsection of the custom section "linking"
const FUNCTION_NAMES = 1;                            // subsection of the custom section "name"
const SYMBOL_FUNCTION = 0, SYMBOL_DATA = 1, SYMBOL_SECTION = 3;
const WEAK = 0x01, LOCAL = 0x02, HIDDEN = 0x04, UNDEFINED = 0x10, EXPLICIT_NAME = 0x40, NO_STRIP = 0x80;

/** @param {Uint8Array} bytes */
export function isWasm(bytes) {
  return startsWith(bytes, '\0asm');
}

/** Whether it is a module or an object, and no component. @param {Uint8Array} bytes  that isWasm */
export function isCoreWasm(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(4, true) === VERSION;
}

/** @param {Uint8Array} bytes */
export function isArchive(bytes) {
  return startsWith(bytes, '!<arch>\n');
}

/** @param {Uint8Array} bytes  of a module or an object  @returns {Section[]} */
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
  if (reader.at > bytes.length) throw new RangeError('the file is cut off');
  return found;
}

/** @param {Uint8Array} bytes  @param {number} id  @returns {Reader | undefined} at the contents of the section */
export function sectionReader(bytes, id) {
  const section = sections(bytes).find((s) => s.id === id);
  return section && new Reader(bytes, section.start);
}

// ---------------------------------------------------------------- custom sections

/** @param {Uint8Array} bytes  @returns {{ name: string, bytes: Uint8Array }[]} */
export function customSections(bytes) {
  return sections(bytes).filter(({ id }) => id === CUSTOM).map(({ name, start, end }) => ({ name, bytes: bytes.subarray(start, end) }));
}

/** @param {Uint8Array} bytes  @param {(name: string) => boolean} test  whether a section is left out */
export function withoutCustomSections(bytes, test) {
  const left = new Uint8Array(bytes.length);
  let size = 0;
  const keep = (/** @type {number} */ from, /** @type {number} */ to) => {
    left.set(bytes.subarray(from, to), size);
    size += to - from;
  };
  keep(0, 8);
  for (const { id, name, head, end } of sections(bytes)) if (id !== CUSTOM || !test(name)) keep(head, end);
  return left.subarray(0, size);
}

/** @param {Uint8Array} bytes  of a module  @param {string} name  @param {Uint8Array} contents  @returns {Uint8Array} with one more section, at its end */
export function withCustomSection(bytes, name, contents) {
  const head = text(name);
  return joined(bytes, Uint8Array.of(CUSTOM, ...leb(head.length + contents.length), ...head), contents);
}

// ---------------------------------------------------------------- functions of a module

/** Names of functions by their indices, from the name section. Without that section there is none.
 *  @param {Uint8Array} bytes  @returns {Map<number, string>} */
export function functionNames(bytes) {
  const names = new Map();
  const section = sections(bytes).find(({ id, name }) => id === CUSTOM && name === 'name');
  if (!section) return names;
  const reader = new Reader(bytes, section.start);
  while (reader.at < section.end) {
    const kind = reader.byte(), end = reader.number() + reader.at;
    if (kind === FUNCTION_NAMES) reader.each(() => names.set(reader.number(), reader.string()));
    reader.at = end;
  }
  return names;
}

/** The module with other names of its functions. Without a name section it stays as it is.
 *  @param {Uint8Array} bytes  @param {(name: string) => string} rename  @returns {Uint8Array} */
export function withFunctionNames(bytes, rename) {
  const section = sections(bytes).find(({ id, name }) => id === CUSTOM && name === 'name');
  if (!section) return bytes;
  const names = [...functionNames(bytes)].flatMap(([index, name]) => [...leb(index), ...text(rename(name))]);
  const body = [...leb(functionNames(bytes).size), ...names];
  const contents = [...text('name'), FUNCTION_NAMES, ...leb(body.length), ...body];
  return joined(bytes.subarray(0, section.head), Uint8Array.of(CUSTOM, ...leb(contents.length)), Uint8Array.from(contents), bytes.subarray(section.end));
}

/** @param {...Uint8Array} pieces */
function joined(...pieces) {
  const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** @param {number} n  @returns {number[]} as LEB128 */
const leb = (n) => (n < 0x80 ? [n] : [n % 0x80 | 0x80, ...leb(Math.floor(n / 0x80))]);
/** @param {string} string  @returns {number[]} */
const text = (string) => {
  const bytes = new TextEncoder().encode(string);
  return [...leb(bytes.length), ...bytes];
};

/** @param {Uint8Array} bytes  @returns {number} how many functions are imported */
export const importedFunctions = (bytes) => imports(bytes).filter(({ kind }) => kind === FUNCTION).length;

/** Where each defined function stands, in the order of their indices. It starts with its size.
 *  @param {Uint8Array} bytes  @returns {{ start: number, end: number }[]} */
export function functionBodies(bytes) {
  const reader = sectionReader(bytes, CODE);
  if (!reader) return [];
  return reader.each(() => {
    const start = reader.at, size = reader.number();
    reader.at += size;
    return { start, end: reader.at };
  });
}

/** The type of each function, and the types of the module: what distinguishes one from another, such as "7f7f>7f".
 *  @param {Uint8Array} bytes  @returns {{ types: string[], functions: string[] } | undefined} undefined: a type is of another kind */
export function functionTypes(bytes) {
  const reader = sectionReader(bytes, TYPE), defined = sectionReader(bytes, FUNCTIONS);
  const types = reader ? readTypes(reader) : [];
  if (!types) return undefined;
  const imported = imports(bytes).filter(({ kind }) => kind === FUNCTION).map(({ type }) => type);
  return { types, functions: [...imported, ...defined?.each(() => defined.number()) ?? []].map((type) => types[type]) };
}

const FUNCTION_TYPE = 0x60, LEAST_SIMPLE = 0x65;

/** @param {Reader} reader  at the section of types  @returns {string[] | undefined} */
function readTypes(reader) {
  let isKnown = true;
  const types = reader.each(() => {
    const isFunction = isKnown && reader.byte() === FUNCTION_TYPE;
    const parts = isFunction ? [reader.each(() => reader.byte()), reader.each(() => reader.byte())] : [];
    isKnown = isFunction && parts.flat().every((type) => type >= LEAST_SIMPLE);
    return parts.map((values) => values.map((type) => type.toString(16)).join('')).join('>');
  });
  return isKnown ? types : undefined;
}

/** @param {Uint8Array} bytes  @returns {{ module: string, name: string, kind: number, type: number }[]} type: of a function, its number */
export function imports(bytes) {
  const reader = sectionReader(bytes, IMPORT);
  if (!reader) return [];
  return reader.each(() => {
    const module = reader.string(), name = reader.string(), kind = reader.byte();
    return { module, name, kind, type: readImportType(reader, kind) };
  });
}

/** What an object, or any member of an archive, imports: a function in C that is declared so.
 *  @param {Uint8Array} bytes */
export function importsOf(bytes) {
  return isArchive(bytes) ? archiveMembers(bytes).filter(isWasm).flatMap(imports) : imports(bytes);
}

/** @param {Reader} reader  @param {number} kind  @returns {number} */
function readImportType(reader, kind) {
  if (kind === FUNCTION) return reader.number();
  skipImportType(reader, kind);
  return 0;
}

/** @param {Reader} reader  @param {number} kind  not a function */
function skipImportType(reader, kind) {
  if (kind === VARIABLE) reader.at += 2;          // type, whether it can be changed
  else if (kind === TAG) reader.at++, reader.number();
  else if (kind === TABLE) reader.at++, skipLimits(reader);
  else if (kind === MEMORY) skipLimits(reader);
}

/** @param {Reader} reader */
function skipLimits(reader) {
  const hasMaximum = reader.byte() & 1;
  reader.number();
  if (hasMaximum) reader.number();
}

/** @param {Uint8Array} bytes  @returns {{ name: string, kind: number, index: number }[]} */
export function exports(bytes) {
  const reader = sectionReader(bytes, EXPORT);
  if (!reader) return [];
  return reader.each(() => ({ name: reader.string(), kind: reader.byte(), index: reader.number() }));
}

// ---------------------------------------------------------------- symbols of objects

/** Whether it is yet to be linked. @param {Uint8Array} bytes  that isWasm */
export function isObject(bytes) {
  return exports(bytes).length === 0 && customSections(bytes).some(({ name }) => name === 'linking');
}

/** What an object, or any member of an archive, defines.
 *  @param {Uint8Array} bytes  @returns {Defined[]} */
export function definedSymbols(bytes) {
  if (isArchive(bytes)) return archiveMembers(bytes).filter(isWasm).flatMap(definedSymbols);
  const linking = sections(bytes).find((s) => s.id === CUSTOM && s.name === 'linking');
  return linking ? symbolTable(bytes, linking) : [];
}

/** @param {Uint8Array} bytes  @param {Section} linking  @returns {Defined[]} */
function symbolTable(bytes, linking) {
  const reader = new Reader(bytes, linking.start);
  reader.number();                                     // version of the section
  while (reader.at < linking.end) {
    const type = reader.byte(), size = reader.number();
    if (type === SYMBOL_TABLE) return reader.each(() => readSymbol(reader)).flat();
    reader.at += size;
  }
  return [];
}

/** @param {Reader} reader  @returns {Defined[]} of none or one */
function readSymbol(reader) {
  const kind = reader.byte(), flags = reader.number(), name = readSymbolName(reader, kind, flags);
  if (flags & UNDEFINED || (kind !== SYMBOL_FUNCTION && kind !== SYMBOL_DATA)) return [];
  return [{ name, isFunction: kind === SYMBOL_FUNCTION, local: (flags & LOCAL) !== 0, weak: (flags & WEAK) !== 0, exported: (flags & NO_STRIP) !== 0 && (flags & (LOCAL | HIDDEN)) === 0 }];
}

/** @param {Reader} reader  @param {number} kind  @param {number} flags */
function readSymbolName(reader, kind, flags) {
  if (kind === SYMBOL_SECTION) return reader.number(), '';
  if (kind === SYMBOL_DATA) {
    const name = reader.string();
    if (!(flags & UNDEFINED)) reader.number(), reader.number(), reader.number();   // segment, offset, size
    return name;
  }
  reader.number();                                     // index of the function, global, tag or table
  return flags & UNDEFINED && !(flags & EXPLICIT_NAME) ? '' : reader.string();
}

/** @param {Uint8Array} bytes  of an archive  @returns {Uint8Array[]} not only objects, but also the index and the long names */
export function archiveMembers(bytes) {
  const members = [];
  for (let at = 8; at + 60 <= bytes.length;) {
    const size = Number.parseInt(String.fromCharCode(...bytes.subarray(at + 48, at + 58)), 10);
    members.push(bytes.subarray(at + 60, at + 60 + size));
    at += 60 + size + (size & 1);
  }
  return members;
}

// ---------------------------------------------------------------- reading

/** @param {Uint8Array} bytes  @param {string} text  in ASCII */
function startsWith(bytes, text) {
  return bytes.length >= text.length && [...text].every((c, i) => bytes[i] === c.charCodeAt(0));
}

const utf8 = new TextDecoder();

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
    return utf8.decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** A vector: a number, and so many things, which `read` reads.
   *  @template T  @param {() => T} read  @returns {T[]} */
  each(read) {
    return Array.from({ length: this.number() }, read);
  }
}
