// From objects to one module, by wasm-ld.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suspends } from '../link/coroutines.js';
import { linkerFlags, programOf } from '../link/flags.js';
import { COOKIE, MAIN } from '../link/names.js';
import { toldBy } from '../link/told.js';
import { definedSymbols, functionNames, isArchive } from '../link/wasm.js';
import { BuildError } from './errors.js';
import { readLibrary } from './library.js';

/** @typedef {import('./library.js').Target} Target */
/** @typedef {{ name: string, bytes: Uint8Array }} Input  an object or archive; name as the user knows it */

export const SYSROOT = '/usr/lib/wasm32-wasip1';
export const BUILTINS = '/usr/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a';

/** What the first link shows may ask for another one. Where nothing suspends there are no tasks to look at, so what was asked for
 *  beside the program is left out. Where something does, a stream of the program's own must know of tasks.
 *  @param {{ inputs: Input[], target: Target, library: import('./library.js').Library, libs: string[], libDirs: string[], mainOptional: boolean,
 *    linked?: string[], exported?: string[], wrapped?: string[] }} job
 *  @returns {Promise<{ wasm: Uint8Array, map: string, warnings: string }>} */
export async function linkProgram(job) {
  const { linked = [], exported = [], wrapped = [] } = job;
  let made = await linkOnce(job);
  const hasTasks = suspends(made.wasm);
  if (!hasTasks && linked.length + exported.length > 0) made = await linkOnce({ ...job, linked: [], exported: [] });
  if (hasTasks && [...functionNames(made.wasm).values()].includes(COOKIE)) made = await linkOnce({ ...job, wrapped: [...wrapped, COOKIE] });
  return made;
}

/** @param {Parameters<typeof linkProgram>[0]} job  @returns {Promise<{ wasm: Uint8Array, map: string, warnings: string }>} */
async function linkOnce(job) {
  const { target, linked = [], exported: alsoExported = [], wrapped } = job;
  const { hasMain, hasExports, promises, generators, exported } = programOf(job.inputs.map(({ bytes }) => bytes));
  requireMain(job, hasMain, hasExports);
  refuseMains(job);
  const { link } = await import('./clang.js');
  const archive = readLibrary(job.library);
  const { tree, args, names } = arrange(job, archive);
  const flags = linkerFlags(toldBy(archive), { hasMain, hasExports, promises, generators, linked, wrapped, exported: [...(target === 'js' ? exported : []), ...alsoExported] });
  try {
    const { wasm, map, warnings } = await link([...options(target), ...flags, ...args], tree);
    return { wasm, map, warnings: withNames(warnings, names) };
  } catch (error) {
    if (error instanceof BuildError) error.message = withNames(error.message, names);
    throw error;
  }
}

/** @param {{ inputs: Input[], mainOptional: boolean }} job  @param {boolean} hasMain  @param {boolean} hasExports */
function requireMain(job, hasMain, hasExports) {
  if (hasMain || (job.mainOptional && hasExports)) return;
  const where = job.inputs.map((input) => input.name).join(', ');
  const hint = job.mainOptional ? ' and no BIDE_EXPORT or BIDE_FUNCTION' : '';
  const instead = !job.mainOptional && hasExports ? '; what JavaScript calls is made by bide build --target js' : '';
  throw new BuildError(`bide: error: no main function${hint} in ${where}${instead}\n`);
}

/** The linker has several names for main, tells of each, and takes one with arguments for another function than one without.
 *  @param {{ inputs: Input[] }} job */
function refuseMains({ inputs }) {
  const mains = inputs.filter(({ bytes }) => !isArchive(bytes) && definedSymbols(bytes).some(({ name, isFunction, local, weak }) => isFunction && !local && !weak && MAIN.includes(name)));
  if (mains.length > 1) throw new BuildError(`bide: error: each of ${mains.map(({ name }) => name).join(', ')} has a main function\n`);
}

/** @param {Target} target */
function options(target) {
  return [
    '-m', 'wasm32', `-L${SYSROOT}`,
    target === 'js' ? `${SYSROOT}/crt1-reactor.o` : `${SYSROOT}/crt1-command.o`,
    '--gc-sections', '--strip-debug',
  ];
}

/** Lay the inputs out for the linker: the user's first, so that their
 *  definitions win over those of the libraries.
 *  @param {Parameters<typeof linkProgram>[0]} job  @param {Uint8Array} archive  the library */
function arrange(job, archive) {
  /** @type {import('./clang.js').Tree} */
  const tree = {};
  /** @type {Map<string, string>} */
  const names = new Map();
  const user = [...job.inputs, ...job.libs.flatMap((lib) => findLibrary(lib, job.libDirs))];
  user.forEach(({ name, bytes }, i) => {
    tree[`@${i}@`] = bytes;
    names.set(`@${i}@`, name);
  });
  tree['libbide.a'] = archive;
  const system = job.libs.filter((lib) => findLibrary(lib, job.libDirs).length === 0).map((lib) => `-l${lib}`);
  return { tree, names, args: [...Object.keys(tree), ...system, '-lc', BUILTINS] };
}

/** A -l library in the user's -L directories; others come with the tool chain.
 *  @param {string} lib  @param {string[]} dirs  @returns {Input[]} */
function findLibrary(lib, dirs) {
  const path = dirs.map((dir) => join(dir, `lib${lib}.a`)).find((candidate) => existsSync(candidate));
  return path ? [{ name: path, bytes: readFileSync(path) }] : [];
}

/** @param {string} text  @param {Map<string, string>} names */
function withNames(text, names) {
  return text.replace(/@\d+@/g, (key) => names.get(key) ?? key);
}
