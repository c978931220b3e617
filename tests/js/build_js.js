// The C programs of these tests, compiled for JavaScript.

import { fileURLToPath } from 'node:url';
import { link } from '../../js/cli/clang.js';
import { makeObject, planObject } from '../../js/cli/compile.js';
import { finishModule } from '../../js/cli/finish.js';
import { headerDir, makeLibrary, planLibrary, readLibrary } from '../../js/cli/library.js';
import { makeProgram } from '../../js/cli/program.js';
import { linkerFlags, programOf } from '../../js/link/flags.js';
import { toldBy } from '../../js/link/told.js';

/** @param {string} name  of a source in programs/
 *  @returns {Promise<any>} the module's bytes */
export function buildJs(name) {
  const source = fileURLToPath(new URL(`programs/${name}.c`, import.meta.url));
  return makeProgram({
    inputs: [source], target: 'js', level: '2', debug: false, flags: ['-O2'], libs: [], libDirs: [],
    names: true, stackCheck: true, mainOptional: true, verbose: false,
  });
}

/** The same, with its data, stack and heap above 2 GiB.
 *  @param {string} name  @returns {Promise<any>} */
export async function buildHigh(name) {
  const library = planLibrary('js');
  await makeLibrary('js', library);
  const archive = readLibrary(library), source = fileURLToPath(new URL(`programs/${name}.c`, import.meta.url));
  const object = await makeObject(planObject(source, ['-O2', `-I${headerDir}`]));
  const flags = linkerFlags(toldBy(archive), programOf([object])).filter((flag) => flag !== '--stack-first');
  const files = ['program.o', 'libbide.a', `${SYSROOT}/crt1-reactor.o`, '-lc', '/usr/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a'];
  const linked = await link(['-m', 'wasm32', `-L${SYSROOT}`, `--global-base=${HIGH}`, ...flags, ...files], { 'program.o': object, 'libbide.a': archive });
  return finishModule(name, linked, { level: '2', debug: false, names: true, stackCheck: true });
}

const SYSROOT = '/usr/lib/wasm32-wasip1';
/** Nothing lies below. */
const HIGH = 2 ** 31 + 2 ** 20;

/** Environment of a program whose clock jumps. */
export const virtual = { BIDE_VIRTUAL_TIME: '1' };

/** A function for `stdout` or `stderr`, and what it was given so far.
 *  @returns {((chunk: Uint8Array) => void) & { text: string }} */
export function collector() {
  const collect = (/** @type {Uint8Array} */ chunk) => { collect.text += chunk; };
  collect.text = '';
  return collect;
}
