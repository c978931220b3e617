// Programs compiled by the machine's own compiler, with the address and the
// undefined-behaviour sanitizer.

import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { hash, temporaryName } from '../../js/cli/cache.js';
import { CORE_LAYERS } from '../../js/cli/layers.js';
import { buildDir, root } from './paths.js';
import { inParallel, mustRun } from './process.js';
import { findTool, versionOf } from './tools.js';

export const SANITIZED = ['-g', '-fno-omit-frame-pointer', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const FLAGS = ['-std=gnu11', '-Wall', '-Wextra', '-Wno-unused-parameter', '-Werror', ...SANITIZED];
export const INCLUDES = ['include', 'src', 'src/native', 'tests/support', 'tests/c'].map((dir) => `-I${join(root, dir)}`);
/** Where the core's sources are, for this machine. */
export const CORE = [...CORE_LAYERS, 'src/blocking', 'src/native'];

/** @param {string} dir  below the root  @param {RegExp} pattern */
export const filesIn = (dir, pattern) => readdirSync(join(root, dir)).filter((name) => pattern.test(name)).sort().map((name) => join(root, dir, name));

/** The folder and those in it. @param {string} folder */
const below = (folder) => [folder, ...readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`)];

let baseKey = '';

/** Each object depends on the compiler, the flags and every header. */
function base() {
  const headers = [...below('include'), 'src', ...CORE, 'tests/support', 'tests/c', 'tests/c/conformance', 'tests/c/scenario'].flatMap((dir) => filesIn(dir, /\.h$/));
  baseKey ||= hash(versionOf(compiler()), ...FLAGS, ...headers.flatMap((path) => [path, readFileSync(path)]));
  return baseKey;
}

const compiler = () => /** @type {string} */ (findTool('native').path);

/** @param {import('./program.js').Source} source  @returns {Promise<string>} the object */
async function compile({ path, flags }) {
  const key = hash(base(), path, ...flags, readFileSync(path));
  const object = join(buildDir('native'), `${basename(path, '.c')}-${key}.o`);
  if (!existsSync(object)) await make(object, (to) => [...FLAGS, ...INCLUDES, ...flags, '-c', path, '-o', to]);
  return object;
}

/** Let the compiler write to a name of our own, so that no other process sees half a file.
 *  @param {string} path  @param {(temporary: string) => string[]} args */
async function make(path, args) {
  const temporary = temporaryName(path).replace(/$/, path.endsWith('.o') ? '.o' : '');
  await mustRun(compiler(), args(temporary));
  renameSync(temporary, path);
}

/** @param {string[]} paths  @param {string[]} objects */
const keyOf = (paths, objects) => hash(base(), ...paths, ...objects);

/** @param {import('./program.js').Source[]} sources */
const compileAll = (sources) => inParallel(sources, compile, availableParallelism());

/** The core as an archive, so that a program's own definition of a function wins.
 *  @returns {Promise<string>} */
export async function nativeLibrary() {
  return libraryOf(CORE.flatMap((dir) => filesIn(dir, /\.c$/)));
}

/** @param {string[]} paths  of C sources  @returns {Promise<string>} an archive of them */
export async function libraryOf(paths) {
  return archiveOf(await compileAll(paths.map((path) => ({ path, flags: [] }))));
}

/** @param {string[]} objects  named for their contents  @returns {Promise<string>} an archive of them */
export async function archiveOf(objects) {
  const path = join(buildDir('native'), `libbide-${keyOf([], objects)}.a`);
  if (existsSync(path)) return path;
  const temporary = `${temporaryName(path)}.a`;
  await mustRun('ar', ['rcs', temporary, ...objects]);
  renameSync(temporary, path);
  return path;
}

/** @param {import('./program.js').Program} program  @returns {Promise<string>} the executable */
export async function buildNative({ name, sources }) {
  return linkNative({ name, sources }, await nativeLibrary(), []);
}

/** The same with a core of the caller's.
 *  @param {import('./program.js').Program} program  @param {string} library  an archive  @param {string[]} flags  for the linker
 *  @returns {Promise<string>} the executable */
export async function linkNative({ name, sources }, library, flags) {
  const objects = await compileAll(sources);
  const path = join(buildDir('native'), `${name}-${keyOf([library, ...flags], objects)}`);
  if (!existsSync(path)) await make(path, (to) => [...FLAGS, ...flags, ...objects, library, '-lm', '-o', to]);
  return path;
}

/** What the address sanitizer says about stack switching in general, without a finding.
 *  @param {string} stderr */
export function withoutSanitizerNotes(stderr) {
  return stderr.replace(/^==\d+==WARNING: ASan (is ignoring requested|doesn't fully support).*\n(.*False positive error reports may follow\n)?(For details see .*\n)?/gm, '');
}
