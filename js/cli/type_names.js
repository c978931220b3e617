// The types that a program writes with BIDE_TYPES stand beside those of the package. Where both have a name, the program keeps it.

const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
const OPAQUE = /\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const DECLARED = new RegExp(`\\b(?:interface|type|class|enum|namespace|function|const|let|var)\\s+(${NAME})`, 'gu');
/** Global types that the package uses. */
const GLOBALS = ['ArrayBuffer', 'ArrayBufferView', 'AsyncIterable', 'Error', 'Iterable', 'NonNullable', 'Promise', 'PromiseLike', 'Readonly', 'Record', 'Uint8Array'];
const IMPORTED = /\bimport\b([^;]*?)\bfrom\b/g;

/** @param {string} text  of TypeScript  @returns {Set<string>} names that it declares or imports */
function namesIn(text) {
  const code = text.replace(OPAQUE, ' '), clauses = [...code.matchAll(IMPORTED)].flatMap(([, clause]) => clause.match(new RegExp(NAME, 'gu')) ?? []);
  return new Set([...[...code.matchAll(DECLARED)].map(([, name]) => name), ...clauses]);
}

/** The types of the package, with other names for what the program's own types take from it. A global type that the package uses stays global.
 *  @param {string} library  @param {string} own  @returns {string} */
export function apart(library, own) {
  const taken = namesIn(own), ours = namesIn(library);
  const others = [...[...ours].map((name) => [name, `Bide${name}`]), ...GLOBALS.map((name) => [name, `globalThis.${name}`])].filter(([name]) => taken.has(name));
  return others.reduce((text, [name, other]) => text.replace(new RegExp(`(?<![\\w$.'])${name}(?![\\w$'])`, 'g'), other), library);
}
