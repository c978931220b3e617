// app.d.mts: the types of the package, with the functions of one program in the place of any.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALL_PREFIX, INT_MODULE, PROMISE_MODULE } from '../link/names.js';
import { exports, FUNCTION, functionTypes, imports } from '../link/wasm.js';
import { packageDir } from './paths.js';

/** @typedef {{ params: string[], results: string[] }} Signature  bytes of WebAssembly's types, in hex */

/** What the finished module imports from is the runtime's, a host's, or else the program's own. */
const HOSTS = new Set(['bide', 'wasi_snapshot_preview1']);
const I32 = '7f', I64 = '7e';

/** What an import that C declares with BIDE_IMPORT_PROMISE may give: see js/runtime/promises.js. */
const SETTLED = `/** What C can take of a promise, or in place of one. */
export type Settled = void | undefined | null | number | bigint | boolean | string | ArrayBuffer | ArrayBufferView;
`;

/** @param {Uint8Array} wasm  the finished module  @returns {string} */
export function declarations(wasm) {
  const exported = exportsOf(wasm), imported = importsOf(wasm);
  const given = imported ? 'imports: Imports | ((app: App) => Imports | Promise<Imports>);' : undefined;
  let text = readFileSync(join(packageDir, 'js/index.d.ts'), 'utf8');
  text = put(text, /^\/\/ The types of the package\.$/m, '// The types of this program, made by `bide build`.');
  text = put(text, /^\/\*\* Functions of C, each call a task of its own\. \*\/\nexport type Exports = .*;$/m,
    `/** Functions of C, each call a task of its own. */\nexport interface Exports {\n${exported}}`);
  if (imported) text = put(text, /^export type Imports = .*;$/m, `export interface Imports {\n${imported}}\n\n${SETTLED}`);
  if (given) text = put(text, /^ {2}imports\?: .*;$/m, `  ${given}`);
  return put(text, /^export function load<.*;$/m, `export function load(options${given ? '' : '?'}: LoadOptions): Promise<App>;\nexport { load as default };`);
}

/** @param {string} text  @param {RegExp} place  @param {string} replacement */
function put(text, place, replacement) {
  if (!place.test(text)) throw new Error(`index.d.ts has no ${place}`);
  return text.replace(place, () => replacement);
}

/** @param {Uint8Array} wasm  @returns {string} a line for each function that JavaScript can call */
function exportsOf(wasm) {
  const { functions = [] } = functionTypes(wasm) ?? {}, all = exports(wasm).filter(({ kind }) => kind === FUNCTION);
  const called = new Set(all.filter(({ name }) => name.startsWith(CALL_PREFIX)).map(({ name }) => name.replace(/^call:\w*:/, '')));
  return all.filter(({ name }) => called.has(name)).map(({ name, index }) => {
    const { params, results } = signature(functions[index]);
    return line(name, params.map(given), `Promise<${value(results[0])}>`);
  }).join('');
}

/** @param {Uint8Array} wasm  @returns {string} a line for each function that load() is given */
function importsOf(wasm) {
  const { types = [] } = functionTypes(wasm) ?? {};
  return imports(wasm).filter(({ module, kind }) => kind === FUNCTION && !HOSTS.has(module)).map(({ module, name, type }) => {
    const { params, results } = signature(types[type]);
    if (module === PROMISE_MODULE) return line(name, params.slice(1).map(value), 'Settled | PromiseLike<Settled>', 'signal: Signal');
    return line(name, params.map(value), module === INT_MODULE || results.length ? `${argument(results[0])}` : 'void');
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

/** @param {string} name  @param {string[]} params  @param {string} result  @param {string[]} more */
function line(name, params, result, ...more) {
  const list = [...params.map((type, i) => `p${i + 1}: ${type}`), ...more];
  return `  ${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}(${list.join(', ')}): ${result};\n`;
}
