// Files: the program that load() is given, and those that the program opens.

import { builtin } from './builtin.js';

/** @param {typeof import('node:fs')} fs  @param {string | URL} source  @returns {Promise<Uint8Array> | undefined} undefined: it is no file */
export function readFile(fs, source) {
  const url = /^[a-z][a-z\d+.-]+:/i.test(String(source)) ? new URL(source) : undefined;   // C: is a drive of Windows
  return url && url.protocol !== 'file:' ? undefined : fs.promises.readFile(url ?? source);
}

/** node:wasi does the work. It wants an instance, and uses nothing but the memory of it.
 *  @param {Readonly<Record<string, string>>} preopens  @returns {Promise<import('../runtime/platform.js').Files>} */
export async function openFiles(preopens) {
  const { emitWarning } = process;
  process.emitWarning = () => {};      // the first import of node:wasi warns that it is experimental
  /** @type {typeof import('node:wasi')} */
  const { WASI } = await builtin('node:wasi').finally(() => { process.emitWarning = emitWarning; });
  const wasi = new WASI({ version: 'preview1', preopens });
  return {
    functions: Object.fromEntries(Object.entries(wasi.wasiImport).map(([name, fn]) => [name, unsigned(/** @type {any} */ (fn))])),
    use: (memory) => wasi.initialize({ exports: { memory } }),
  };
}

/** node:wasi refuses an address above 2 GiB as it comes from wasm, since it is negative.
 *  @param {(...args: any[]) => any} fn  @returns {(...args: any[]) => any} */
function unsigned(fn) {
  return (...args) => fn(...args.map((arg) => (typeof arg === 'number' ? arg >>> 0 : arg)));
}
