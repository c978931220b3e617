// What C tells JavaScript by the macros of bide/js.h. They write custom sections, and the linker joins those of all objects.
//
//   bide_function     BIDE_FUNCTION      name, signature, file, line
//   bide_javascript   BIDE_JAVASCRIPT    name, signature, body, file, line
//   bide_types        BIDE_TYPES         text, file, line
//
// Each of these is a string with a NUL behind it. Signatures, bodies and texts are the source of C's string literals.
// The finished module has two other sections in their place, for the runtime: JSON, in the same order.
//
//   bide:functions, bide:javascript      [{ "name": …, "signature": … }, …]

import { literalText } from './literals.js';
import { JAVASCRIPT_MODULE } from './names.js';
import { archiveMembers, customSections, imports, isArchive, isWasm, withCustomSection, withoutCustomSections } from './wasm.js';

/** @typedef {{ file: string, line: number }} Place  line: the last one of the macro's
 *  @typedef {Place & { name: string, signature?: string }} CFunction  undefined: it is no literal
 *  @typedef {CFunction & { body?: string }} Body  the same
 *  @typedef {Place & { text?: string }} Types  the same
 *  @typedef {{ functions: CFunction[], javascript: Body[], types: Types[] }} Described */

const FIELDS = { bide_function: 4, bide_javascript: 5, bide_types: 3 };

/** @param {...Uint8Array} files  modules, objects, archives  @returns {Described} */
export function describedIn(...files) {
  return {
    functions: rows(files, 'bide_function').map(([name, signature, ...at]) => ({ name, signature: literalText(signature), ...placeOf(at) })),
    javascript: rows(files, 'bide_javascript').map(([name, signature, body, ...at]) => ({ name, signature: literalText(signature), body: literalText(body), ...placeOf(at) })),
    types: rows(files, 'bide_types').map(([text, ...at]) => ({ text: literalText(text), ...placeOf(at) })),
  };
}

/** @param {string[]} fields  @returns {Place} */
const placeOf = ([file, line]) => ({ file, line: Number(line) });

/** @param {Uint8Array[]} files  @param {keyof typeof FIELDS} section  @returns {string[][]} the fields of each macro */
function rows(files, section) {
  const utf8 = new TextDecoder(), modules = files.flatMap((file) => (isArchive(file) ? archiveMembers(file).filter(isWasm) : [file]));
  const contents = modules.flatMap(customSections).filter(({ name }) => name === section).map(({ bytes }) => utf8.decode(bytes));
  const strings = contents.join('').split('\0'), found = [];
  for (let at = 0; at + FIELDS[section] < strings.length; at += FIELDS[section]) found.push(strings.slice(at, at + FIELDS[section]));
  return found;
}

/** @param {Uint8Array} module  @returns {Uint8Array} the same without these sections */
export function withoutDescribed(module) {
  return withoutCustomSections(module, (name) => Object.hasOwn(FIELDS, name));
}

/** @param {Uint8Array} module  @param {Uint8Array} from  @returns {Uint8Array} the module with the sections that `from` has */
export function withDescribed(module, from) {
  return customSections(from).filter(({ name }) => Object.hasOwn(FIELDS, name)).reduce((all, { name, bytes }) => withCustomSection(all, name, bytes), module);
}

/** @param {Uint8Array} module  a finished one  @param {Described} described  @returns {Uint8Array} with the sections of the runtime */
export function forRuntime(module, { functions, javascript }) {
  const used = new Set(imports(module).filter((one) => one.module === JAVASCRIPT_MODULE).map(({ name }) => name));
  const lists = { 'bide:functions': functions, [JAVASCRIPT_MODULE]: javascript.filter(({ name }) => used.has(name)) };
  return Object.entries(lists).filter(([, list]) => list.length).reduce((all, [name, list]) => (
    withCustomSection(all, name, new TextEncoder().encode(JSON.stringify(list.map(({ name, signature }) => ({ name, signature })))))), module);
}
