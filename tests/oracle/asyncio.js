// CPython's own asyncio: Pyodide's, which is compiled to WebAssembly.

import { readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const INTERPRETER = new URL('interpreter.py', import.meta.url);

/** @returns {Promise<{ version: string, trace: (program: string) => string }>}
 *    what it prints for a program in the format of tests/c/scenario.c */
export async function loadAsyncio() {
  const python = await loadPyodide();
  python.FS.writeFile('/home/pyodide/interpreter.py', readFileSync(INTERPRETER));
  return python.pyimport('interpreter');
}
