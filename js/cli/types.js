// app.d.mts: the types of the package, with the functions of one program in the place of any.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALL_PREFIX, INT_MODULE, JAVASCRIPT_MODULE, PROMISE_MODULE } from '../link/names.js';
import { exports, FUNCTION, functionTypes, imports } from '../link/wasm.js';
import { Comments, documentation } from './comments.js';
import { packageDir } from './paths.js';
import { apart } from './type_names.js';

/** @typedef {import('../link/described.js').Described} Described
 *  @typedef {import('../link/described.js').CFunction} CFunction */
/** @typedef {{ params: string[], results: string[] }} Signature  bytes of WebAssembly's types, in hex */

/** What the finished module imports from is the runtime's, a host's, or else the program's own. */
const HOSTS = new Set(['bide', 'wasi_snapshot_preview1', JAVASCRIPT_MODULE]);
const I32 = '7f', I64 = '7e';

/** What an import that C declares with BIDE_IMPORT_PROMISE may give: see js/runtime/promises.js. */
const SETTLED = `/** What C can take of a promise, or in place of one. */
export type Settled = void | undefined | null | number | bigint | boolean | string | ArrayBuffer | ArrayBufferView;
`;

/** @param {Uint8Array} wasm  the finished module  @param {Described} described  by its sources
 *  @param {string[]} files  the sources that are known  @returns {string} */
export function declarations(wasm, { functions, javascript, types }, files) {
  const comments = new Comments(files), own = types.map(({ text }) => `${/** @type {string} */ (text).trim()}\n\n`).join('');
  const required = importsOf(wasm), optional = bodiesOf(wasm, javascript, comments);
  const text = apart(libraryTypes(required, required + optional !== ''), own);
  return [
    { behind: /^(?=\/\*\* Functions of C)/m, put: own },
    { behind: /^export interface (Bide)?Exports \{\n/m, put: functions.map((one) => typed(one, '', comments)).join('') + exportsOf(wasm, comments) },
    ...(optional ? [{ behind: /^export interface (Bide)?Imports \{\n/m, put: optional }] : []),
  ].reduce((all, { behind, put }) => replace(all, behind, (found) => found + put), text);
}

/** The types of the package, for one program.
 *  @param {string} required  functions that load() must be given  @param {boolean} imports  whether there are any  @returns {string} */
function libraryTypes(required, imports) {
  let text = readFileSync(join(packageDir, 'js/index.d.ts'), 'utf8');
  text = replace(text, /^\/\/ The types of the package\.$/m, '// The types of this program, made by `bide build`.');
  text = replace(text, /^export type Exports = .*;$/m, 'export interface Exports {\n}');
  if (imports) text = replace(text, /^export type Imports = .*;$/m, `export interface Imports {\n${required}}\n\n${SETTLED}`);
  if (required) text = replace(text, /^ {2}imports\?: .*;$/m, '  imports: Imports | ((app: App) => Imports | Promise<Imports>);');
  return replace(text, /^export function load<.*;$/m, `export function load(options${required ? '' : '?'}: LoadOptions): Promise<App>;\nexport { load as default };`);
}

/** @param {string} text  @param {RegExp} place  @param {string | ((found: string) => string)} replacement */
function replace(text, place, replacement) {
  if (!place.test(text)) throw new Error(`index.d.ts has no ${place}`);
  return text.replace(place, typeof replacement === 'string' ? () => replacement : replacement);
}

// ---------------------------------------------------------------- functions

/** @param {CFunction} described  @param {'' | '?'} optional  @param {Comments} comments */
function typed({ name, signature, ...place }, optional, comments) {
  const text = /** @type {string} */ (signature).trim(), end = /\/\/.*$/.test(text) ? '\n  ;' : ';';      // a comment may be its end
  return `${documentation(comments.ofMacro(name, place), '  ')}  ${key(name)}${optional}${text}${end}\n`;
}

/** @param {Uint8Array} wasm  @param {CFunction[]} javascript  @param {Comments} comments  @returns {string} a line for each function that app.mjs has the body of */
function bodiesOf(wasm, javascript, comments) {
  const used = new Set(imports(wasm).filter(({ module }) => module === JAVASCRIPT_MODULE).map(({ name }) => name));
  return javascript.filter(({ name }) => used.has(name)).map((one) => typed(one, '?', comments)).join('');
}

/** @param {Uint8Array} wasm  @param {Comments} comments  @returns {string} a line for each function that is marked BIDE_EXPORT */
function exportsOf(wasm, comments) {
  const { functions = [] } = functionTypes(wasm) ?? {}, all = exports(wasm).filter(({ kind }) => kind === FUNCTION);
  const called = new Set(all.filter(({ name }) => name.startsWith(CALL_PREFIX)).map(({ name }) => name.replace(/^call:\w*:/, '')));
  return all.filter(({ name }) => called.has(name)).map(({ name, index }) => {
    const { params, results } = signature(functions[index]);
    return documentation(comments.ofExport(name), '  ') + line(name, namesOf(comments.parametersOf(name), params.length), params.map(given), `Promise<${value(results[0])}>`);
  }).join('');
}

/** @param {Uint8Array} wasm  @returns {string} a line for each function that load() must be given */
function importsOf(wasm) {
  const { types = [] } = functionTypes(wasm) ?? {};
  return imports(wasm).filter(({ module, kind }) => kind === FUNCTION && !HOSTS.has(module)).map(({ module, name, type }) => {
    const { params, results } = signature(types[type]);
    if (module === PROMISE_MODULE) return line(name, [], params.slice(1).map(value), 'Settled | PromiseLike<Settled>', 'signal: Signal');
    return line(name, [], params.map(value), module === INT_MODULE || results.length ? `${argument(results[0])}` : 'void');
  }).join('');
}

/** @param {string} type  as functionTypes() writes it  @returns {Signature} */
function signature(type) {
  const [params, results] = type.split('>').map((list) => list.match(/../g) ?? []);
  return { params, results };
}

/** What C gives. @param {string | undefined} type */
const value = (type) => (type === undefined ? 'void' : type === I64 ? 'bigint' : 'number');

/** What an import may return. @param {string} type */
const argument = (type) => `${value(type)} | boolean`;

/** What a call takes. @param {string} type */
const given = (type) => (type === I32 ? 'number | string | Uint8Array | boolean' : argument(type));

/** Words that no parameter of TypeScript can be called, and ends of a type in C whose parameter has no name. */
const RESERVED = /^(?:int|char|long|short|float|double|await|arguments|catch|class|debugger|delete|eval|export|extends|false|finally|function|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|super|this|throw|true|try|typeof|var|with|yield)$/;

/** The names in C, if there are as many as the function takes, and all can be names in TypeScript.
 *  @param {string[]} names  @param {number} count  @returns {string[]} */
function namesOf(names, count) {
  const isRight = names.length === count && new Set(names).size === count && names.every((name) => name && !RESERVED.test(name));
  return isRight ? names : [];
}

/** @param {string} name  @param {string[]} names  of the parameters, if they are known  @param {string[]} params  @param {string} result  @param {string[]} more */
function line(name, names, params, result, ...more) {
  const list = [...params.map((type, i) => `${names[i] ?? `p${i + 1}`}: ${type}`), ...more];
  return `  ${key(name)}(${list.join(', ')}): ${result};\n`;
}

/** The name of a method. One called new would be a constructor. @param {string} name */
const key = (name) => (/^(?!new$)[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
