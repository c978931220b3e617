// The C programs of these tests, compiled for JavaScript.

import { fileURLToPath } from 'node:url';
import { makeProgram } from '../../js/cli/program.js';

/** @param {string} name  of a source in programs/
 *  @returns {Promise<any>} the module's bytes */
export function buildJs(name) {
  const source = fileURLToPath(new URL(`programs/${name}.c`, import.meta.url));
  return makeProgram({
    inputs: [source], target: 'js', level: '2', debug: false, flags: ['-O2'], includeDirs: [], libs: [], libDirs: [],
    names: true, stackCheck: true, mainOptional: true, verbose: false,
  });
}

/** Environment of a program whose clock jumps. */
export const virtual = { BIDE_VIRTUAL_TIME: '1' };

/** A function for `stdout` or `stderr`, and what it was given so far.
 *  @returns {((chunk: Uint8Array) => void) & { text: string }} */
export function collector() {
  const collect = (/** @type {Uint8Array} */ chunk) => { collect.text += chunk; };
  collect.text = '';
  return collect;
}
