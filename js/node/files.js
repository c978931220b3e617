// Files that the program opens.

import { builtin } from './builtin.js';

/** node:wasi does the work. It wants an instance, and uses nothing but the memory of it.
 *  @param {Readonly<Record<string, string>>} preopens  @param {import('../runtime/memory.js').Memory} [memory]  of a program that opens files  @returns {Promise<import('../runtime/platform.js').Files>} */
export async function openFiles(preopens, memory) {
  const WASI = quietly((await builtin('node:module')).createRequire(process.execPath));
  const wasi = new WASI({ version: 'preview1', preopens });
  const functions = Object.fromEntries(Object.entries(wasi.wasiImport).map(([name, fn]) => [name, unsigned(/** @type {any} */ (fn))]));
  const { path_open: open, fd_close: close } = functions;
  /** The largest descriptor there has been. The directories have the first ones. */
  let last = 2 + Object.keys(preopens).length;
  functions.path_open = (...args) => {
    const errno = open(...args);
    if (!errno) last = Math.max(last, /** @type {import('../runtime/memory.js').Memory} */ (memory).getUint32(args[8]));
    return errno;
  };
  return {
    functions,
    use: (instanceMemory) => wasi.initialize({ exports: { memory: instanceMemory } }),
    close() {
      for (; last > 2; last--) close(last);
    },
  };
}

/** node:wasi warns that it is experimental when it is loaded first.
 *  @param {(name: string) => typeof import('node:wasi')} require */
function quietly(require) {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return require('node:wasi').WASI;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** node:wasi refuses an address above 2 GiB as it comes from wasm, since it is negative.
 *  @param {(...args: any[]) => any} fn  @returns {(...args: any[]) => any} */
function unsigned(fn) {
  return (...args) => fn(...args.map((arg) => (typeof arg === 'number' ? arg >>> 0 : arg)));
}
