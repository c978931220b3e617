// The functions that a module is instantiated with.

import { notThere } from './wasi.js';

const WASI = 'wasi_snapshot_preview1';

/** @param {WebAssembly.Module} module  @param {(name: string) => boolean} test */
export function importsFromWasi(module, test) {
  return WebAssembly.Module.imports(module).some((wanted) => wanted.module === WASI && test(wanted.name));
}

/** @param {WebAssembly.Module} module
 *  @param {{ bide: Record<string, Function>, wasi: Record<string, Function>, user: Record<string, Function>,
 *    wrap: (name: string, fn: Function) => Function, wrapPromise: (name: string, fn: Function) => Function }} sources
 *  @returns {Record<string, any>} */
export function makeImports(module, { bide, wasi, user, wrap, wrapPromise }) {
  /** @type {Record<string, Record<string, Function>>} */
  const imports = {};
  const missing = [];
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const group = imports[from] ??= {};
    if (from === WASI) group[name] = wasi[name] ?? notThere;
    else if (from === 'bide') group[name] = bide[name];
    else if (typeof user[name] !== 'function') missing.push(name);
    else group[name] = (from === 'bide:promise' ? wrapPromise : wrap)(name, user[name]);
  }
  if (missing.length) throw new TypeError(`load: the program imports functions that \`imports\` lacks: ${missing.join(', ')}`);
  return imports;
}
