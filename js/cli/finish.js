// Calls js/link for the commands: when that fails, they print the error from here.

import { accept } from '../link/accept.js';
import { describedIn } from '../link/described.js';
import { LinkError } from '../link/errors.js';
import { finish } from '../link/finish.js';
import { exports, FUNCTION } from '../link/wasm.js';
import { checkDescribed } from './described.js';
import { BuildError } from './errors.js';

/** @param {string} name  how the user knows the module
 *  @param {import('../link/finish.js').Linked} linked  @param {import('../link/finish.js').Options} options */
export async function finishModule(name, linked, options) {
  try {
    accept(linked.wasm);                                  // before its sections are read
    await checkDescribed(describedIn(linked.wasm), exports(linked.wasm).filter(({ kind }) => kind === FUNCTION).map(({ name }) => name));
    return await finish(linked, options);
  } catch (error) {
    if (error instanceof BuildError) throw error;
    if (error instanceof LinkError) throw new BuildError(`bide: ${name} ${error.message}\n`);
    throw new BuildError(`bide: Binaryen failed: ${/** @type {any} */ (error)?.message ?? JSON.stringify(error)}\n`);
  }
}
