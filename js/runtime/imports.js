// The functions that a module is instantiated with.

const WASI = 'wasi_snapshot_preview1';
/** Errno of WASI: there is no such function. */
const NOSYS = 52;
const notThere = () => NOSYS;

/** Whether the program can open files. @param {WebAssembly.Module} module */
export function opensFiles(module) {
  return WebAssembly.Module.imports(module).some(({ module: from, name }) => from === WASI && name.startsWith('path_'));
}

/** @typedef {object} Sources
 *  @property {Record<string, Function>} bide  the runtime's functions
 *  @property {(name: string) => Function | undefined} wasi
 *  @property {Record<string, Function>} user  those of load()'s option `imports`
 *  @property {(fn: Function) => Function} wrap  makes a user's function callable from C
 *  @property {(fn: Function, name: string) => Function} wrapInt  the same, if it returns an int; see js/link/imported.js
 *  @property {(fn: Function, name: string) => Function} wrapPromise  the same, if C declares it with BIDE_IMPORT_PROMISE */

/** @param {WebAssembly.Module} module  @param {Sources} sources
 *  @returns {Record<string, any>} */
export function makeImports(module, { bide, wasi, user, wrap, wrapInt, wrapPromise }) {
  /** @type {Record<string, Record<string, Function>>} */
  const imports = {};
  const missing = [];
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const group = imports[from] ??= {};
    if (from === WASI) group[name] = wasi(name) ?? notThere;
    else if (from === 'bide') group[name] = bide[name];
    else if (typeof user[name] !== 'function') missing.push(name);
    else group[name] = ({ 'bide:promise': wrapPromise, 'bide:int': wrapInt }[from] ?? wrap)(user[name], name);
  }
  if (missing.length) throw new TypeError(`load: the program imports functions that \`imports\` lacks: ${missing.join(', ')}`);
  return imports;
}
