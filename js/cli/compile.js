// From sources to objects, through the cache.

import { join } from 'node:path';
import { isatty } from 'node:tty';
import { hash, readMade, writeMade } from './cache.js';
import { BuildError } from './errors.js';
import { cacheDir, packageDir } from './paths.js';
import { say } from './print.js';
import { compilerKey } from './recipe.js';
import { scanIncludes } from './scan.js';

/** setjmp and longjmp become exceptions; wasm/libc/setjmp.c. The compiler knows them by these names alone. */
const SETJMP = ['-mllvm', '-wasm-enable-sjlj', '-D_setjmp=setjmp', '-D_longjmp=longjmp', '-Dsigsetjmp(env,mask)=setjmp(env)', '-Dsiglongjmp=longjmp'];

/** What libc's headers want to see before they declare what stands in libraries of its own; wasm/libc/process.c. */
const EMULATED = ['SIGNAL', 'PROCESS_CLOCKS', 'GETPID', 'MMAN'].map((name) => `-D_WASI_EMULATED_${name}`);

/** Headers that stand before libc's own. */
const LIBC_HEADERS = join(packageDir, 'wasm/include');

/** What every C file of a program or of the runtime library is compiled for. */
const TARGET_FLAGS = ['--target=wasm32-wasip1', '-ffunction-sections', '-fdata-sections', ...SETJMP, ...EMULATED, `-isystem${LIBC_HEADERS}`];

/** @typedef {{ source: string, key: string, flags: string[], files: Map<string, Buffer> }} CompileJob
 *    source as typed; key names all that the object depends on */

/** @typedef {{ object?: Uint8Array, text: string }} Compiled  text: warnings, or, if there is no object, errors as well */

/** @param {string} source  as the user typed it
 *  @param {{ flags: string[], includeDirs: string[] }} options  the directories are among the flags as well
 *  @param {Map<string, Buffer | undefined>} [contents]  files read before
 *  @returns {CompileJob} */
export function planObject(source, options, contents) {
  const flags = [...TARGET_FLAGS, ...options.flags];
  const files = scanIncludes(source, [...options.includeDirs, LIBC_HEADERS], contents);
  const parts = [...files].flatMap(([path, data]) => [path, data]);
  const key = hash(compilerKey(), process.cwd(), source, ...flags, '', ...parts);
  return { source, key, flags, files };
}

/** Make one object, and print the warnings. @param {CompileJob} job  @returns {Promise<Uint8Array>} */
export async function makeObject(job) {
  const { objects, warnings } = await makeObjects([job]);
  sayCompilers(warnings);
  return objects[0];
}

/** Make many objects. All sources are compiled, also behind one that has errors, so that all errors are known.
 *  @param {CompileJob[]} jobs  @returns {Promise<{ objects: Uint8Array[], warnings: string }>} */
export async function makeObjects(jobs) {
  const made = jobs.map(({ key }) => readMade(objectPath(key)));
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
  compiled.forEach(({ object, text }, i) => {
    if (object) writeMade(objectPath(jobs[i].key), { bytes: object, warnings: text });
  });
  return compiled;
}

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
