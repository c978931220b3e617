// Compiles and links the programs of programs/ by the package's own tool chain. They are not finished.

import { fileURLToPath } from 'node:url';
import { makeObject, planObject } from '../../js/cli/compile.js';
import { headerDir, makeLibrary, planLibrary } from '../../js/cli/library.js';
import { linkProgram } from '../../js/cli/linker.js';

/** @typedef {import('../../js/cli/library.js').Target} Target */

/** @param {string} name  of a source in programs/ */
export const sourceOf = (name) => fileURLToPath(new URL(`programs/${name}.c`, import.meta.url));

/** @param {string} name  @param {string[]} [flags]  @returns {Promise<Uint8Array>} */
export async function objectOf(name, flags = []) {
  return makeObject(planObject(sourceOf(name), ['-O2', `-I${headerDir}`, ...flags]));
}

/** @param {string} name  @param {Target} target  @param {{ flags?: string[], mainOptional?: boolean, linked?: string[], exported?: string[] }} [more]
 *  @returns {Promise<{ wasm: Uint8Array, map: string }>} */
export async function linkedProgram(name, target, { flags, ...more } = {}) {
  const library = planLibrary(target);
  await makeLibrary(target, library);
  const inputs = [{ name, bytes: await objectOf(name, flags) }];
  return linkProgram({ inputs, target, library, libs: [], libDirs: [], mainOptional: false, ...more });
}

/** What programs/jumps.c prints. */
export const JUMPS = `worker 1: 1
worker 2: 1
worker 1: 2
worker 2: 2
`;

/** What programs/workers.c prints. */
export const WORKERS = `worker 1: 1.125
worker 2: 1.25
worker 1: 2.125
worker 1: 1 2 3
worker 2: 2.25
worker 2: 1 2 3
`;
