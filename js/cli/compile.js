// From sources to objects, through the cache.

import { join } from 'node:path';
import { isatty } from 'node:tty';
import { hash, readIfThere, readMade, writeAtomically, writeMade } from './cache.js';
import { Disk } from './disk.js';
import { BuildError } from './errors.js';
import { cacheDir, packageDir } from './paths.js';
import { say } from './print.js';
import { compilerKey } from './recipe.js';

/** setjmp and longjmp become exceptions; wasm/libc/setjmp.c. The compiler knows them by these names alone. */
const SETJMP = ['-mllvm', '-wasm-enable-sjlj', '-D_setjmp=setjmp', '-D_longjmp=longjmp', '-Dsigsetjmp(env,mask)=setjmp(env)', '-Dsiglongjmp=longjmp'];

/** What libc's headers want to see before they declare what stands in libraries of its own; wasm/libc/process.c. */
const EMULATED = ['SIGNAL', 'PROCESS_CLOCKS', 'GETPID', 'MMAN'].map((name) => `-D_WASI_EMULATED_${name}`);

/** Headers that stand before libc's own. */
const LIBC_HEADERS = join(packageDir, 'wasm/include');

/** What every C file of a program or of the runtime library is compiled for. */
const TARGET_FLAGS = ['--target=wasm32-wasip1', '-ffunction-sections', '-fdata-sections', ...SETJMP, ...EMULATED, `-isystem${LIBC_HEADERS}`];

/** @typedef {{ source: string, flags: string[], id: string, key?: string }} CompileJob
 *    source as typed; id names what is to be done, key also what the object depends on, if that is known */

/** @typedef {[path: string, state: string][]} Looks  where the compiler has looked, and what was there */

/** @typedef {{ object?: Uint8Array, text: string, looks: Looks }} Compiled  text: warnings, or, if there is no object, errors as well */

/** @param {string} source  as the user typed it
 *  @param {string[]} flags  @param {Disk} [disk]
 *  @returns {CompileJob} */
export function planObject(source, flags, disk = new Disk()) {
  const all = [...TARGET_FLAGS, ...flags];
  const id = hash(compilerKey(), process.cwd(), source, ...all);
  const paths = readIfThere(looksPath(id))?.toString('utf8').split('\0');
  return { source, flags: all, id, key: paths && keyOf(id, paths.map((path) => [path, disk.look(path).state])) };
}

/** @param {string} id  @param {Looks} looks */
const keyOf = (id, looks) => hash(id, ...looks.flat());

/** Make one object, and print the warnings. @param {CompileJob} job  @returns {Promise<Uint8Array>} */
export async function makeObject(job) {
  const { objects, warnings } = await makeObjects([job]);
  sayCompilers(warnings);
  return objects[0];
}

/** Make many objects, and give their jobs the key. All sources are compiled, also behind one that has errors, so that all errors are known.
 *  @param {CompileJob[]} jobs  @returns {Promise<{ objects: Uint8Array[], warnings: string }>} */
export async function makeObjects(jobs) {
  const made = jobs.map(({ key }) => (key === undefined ? undefined : readMade(objectPath(key))));
  const found = made.map((one) => one && { object: one.bytes, text: one.warnings });
  const missing = jobs.filter((_, i) => !made[i]);
  const compiled = missing.length > 0 ? await compileMissing(missing) : [];
  const all = found.map((one) => one ?? /** @type {Compiled} */ (compiled.shift()));
  const text = all.map((one) => one.text).join('');
  if (all.some((one) => !one.object)) throw new BuildError(forStderr(text));
  return { objects: all.map((one) => /** @type {Uint8Array} */ (one.object)), warnings: text };
}

/** @param {CompileJob[]} jobs  @returns {Promise<Compiled[]>} */
async function compileMissing(jobs) {
  const { compileSideBySide } = await import('./side_by_side.js');
  const compiled = await compileSideBySide(jobs);
  compiled.forEach((one, i) => keep(jobs[i], one));
  return compiled;
}

/** @param {CompileJob} job  @param {Compiled} compiled */
function keep(job, { object, text, looks }) {
  if (!object) return;
  job.key = keyOf(job.id, looks);
  writeMade(objectPath(job.key), { bytes: object, warnings: text });
  writeAtomically(looksPath(job.id), looks.map(([path]) => path).join('\0'));
}

/** Where it is kept where the compiler has looked, the last time that it had this to do. @param {string} id */
export const looksPath = (id) => join(cacheDir(), 'objects', `${id}.looks`);

/** @param {string} key */
const objectPath = (key) => join(cacheDir(), 'objects', `${key}.o`);

/** Print what a compiler has said. @param {string} text */
export function sayCompilers(text) {
  if (text) say(forStderr(text));
}

/** The compiler always writes in colours, so that its text can be kept. They are taken out where there is no terminal.
 *  @param {string} text */
function forStderr(text) {
  return isatty(2) ? text : text.replace(/\x1b\[[0-9;]*m/g, '');
}
