// What the members of the runtime library define and call, read from their relocations.

import { makeLibrary, planLibrary, readLibrary } from '../../js/cli/library.js';
import { imports, Reader, sections } from '../../js/link/wasm.js';

/** @typedef {{ name: string, isLocal: boolean, calls: Set<string> }} CFunction  calls: by name; whose address it takes is not among them
 *  @typedef {{ name: string, isWeak: boolean }} Reference  to what another member defines
 *  @typedef {{ name: string, functions: CFunction[], defined: Set<string>, references: Reference[] }} Member
 *    name: of the source, without its ending; defined: data as well
 *  @typedef {{ kind: number, flags: number, index: number, name: string }} Symbol */

const CUSTOM = 0, CODE = 10;
const SYMBOL_TABLE = 8, FUNCTION = 0, DATA = 1, SECTION = 3;
const WEAK = 0x01, LOCAL = 0x02, UNDEFINED = 0x10, EXPLICIT_NAME = 0x40;
/** Types of relocations: of a call, and those with an addend behind. */
const CALL = 0, WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 21, 22, 23, 25]);

/** @param {'js' | 'wasi'} target  @returns {Promise<Member[]>} */
export async function membersOf(target) {
  const library = planLibrary(target);
  await makeLibrary(target, library);
  return [...archived(readLibrary(library))].map(([name, bytes]) => readMember(name, bytes));
}

/** Names and contents of an archive's objects; long names stand in a table before them.
 *  @param {Uint8Array} bytes  @returns {Map<string, Uint8Array>} */
function archived(bytes) {
  const text = (/** @type {number} */ from, /** @type {number} */ size) => Buffer.from(bytes.subarray(from, from + size)).toString('latin1');
  const found = new Map();
  let long = '';
  for (let at = 8; at + 60 <= bytes.length;) {
    const name = text(at, 16).trimEnd(), size = Number(text(at + 48, 10));
    if (name === '//') long = text(at + 60, size);
    const whole = /^\/\d/.test(name) ? long.slice(Number(name.slice(1))).split('\n')[0] : name;
    if (whole.endsWith('.o/')) found.set(whole.slice(0, -3), bytes.subarray(at + 60, at + 60 + size));
    at += 60 + size + (size & 1);
  }
  return found;
}

/** @param {string} name  @param {Uint8Array} bytes  @returns {Member} */
function readMember(name, bytes) {
  const all = sections(bytes), custom = (/** @type {string} */ wanted) => all.find((s) => s.id === CUSTOM && s.name === wanted);
  const symbols = readSymbols(bytes, all);
  const code = all.find((s) => s.id === CODE), relocations = custom('reloc.CODE');
  const functions = code ? readFunctions(bytes, code.start, symbols.filter((s) => s.kind === FUNCTION && !(s.flags & UNDEFINED))) : [];
  if (code && relocations) addCalls(new Reader(bytes, relocations.start), functions, symbols);
  const there = symbols.filter((s) => s.name && !(s.flags & UNDEFINED)), missing = symbols.filter((s) => s.name && s.flags & UNDEFINED);
  return {
    name,
    functions: functions.map(({ symbol, calls }) => ({ name: symbol.name, isLocal: (symbol.flags & LOCAL) !== 0, calls })),
    defined: new Set(there.map((s) => s.name)),
    references: missing.map((s) => ({ name: s.name, isWeak: (s.flags & WEAK) !== 0 })),
  };
}

/** @param {Uint8Array} bytes  @param {ReturnType<typeof sections>} all  @returns {Symbol[]} those of functions and data have names */
function readSymbols(bytes, all) {
  const linking = all.find((s) => s.id === CUSTOM && s.name === 'linking');
  const reader = new Reader(bytes, linking?.start ?? 0);
  reader.number();                                   // version
  for (;;) {
    const type = reader.byte(), end = reader.number() + reader.at;
    if (type === SYMBOL_TABLE) break;
    reader.at = end;
  }
  const imported = imports(bytes).filter((wanted) => wanted.kind === FUNCTION).map((wanted) => wanted.name);
  return Array.from({ length: reader.number() }, () => readSymbol(reader, imported));
}

/** @param {Reader} reader  @param {string[]} imported  @returns {Symbol} */
function readSymbol(reader, imported) {
  const kind = reader.byte(), flags = reader.number();
  if (kind === SECTION) return { kind, flags, index: reader.number(), name: '' };
  if (kind === DATA) {
    const name = reader.string();
    if (!(flags & UNDEFINED)) reader.number(), reader.number(), reader.number();   // segment, offset, size
    return { kind, flags, index: -1, name };
  }
  const index = reader.number(), isNamed = !(flags & UNDEFINED) || flags & EXPLICIT_NAME;
  const name = isNamed ? reader.string() : imported[index];
  return { kind, flags, index, name: kind === FUNCTION ? name : '' };
}

/** The bodies, in the order of the functions' indices. @param {Uint8Array} bytes  @param {number} start  @param {Symbol[]} symbols */
function readFunctions(bytes, start, symbols) {
  const inOrder = [...symbols].sort((a, b) => a.index - b.index), reader = new Reader(bytes, start);
  reader.number();
  return inOrder.map((symbol) => {
    const size = reader.number(), from = reader.at - start;
    reader.at += size;
    return { symbol, from, to: from + size, calls: /** @type {Set<string>} */ (new Set()) };
  });
}

/** @param {Reader} reader  @param {ReturnType<typeof readFunctions>} functions  @param {Symbol[]} symbols */
function addCalls(reader, functions, symbols) {
  reader.number();                                   // the section that they are of
  for (let n = reader.number(); n > 0; n--) {
    const type = reader.byte(), offset = reader.number(), index = reader.number();
    if (WITH_ADDEND.has(type)) reader.number();
    if (type === CALL) functions.find(({ from, to }) => offset >= from && offset < to)?.calls.add(symbols[index].name);
  }
}
