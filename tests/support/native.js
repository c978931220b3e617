// Programs compiled by the machine's own compiler, with the address and the
// undefined-behaviour sanitizer.
//
// The compiler sees paths below the root. So what it makes is the same in every checkout.

import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, relative } from 'node:path';
import { hash } from '../../js/cli/cache.js';
import { CORE_LAYERS } from '../../js/cli/layers.js';
import { kept } from './kept.js';
import { root } from './paths.js';
import { inParallel, mustRun } from './process.js';
import { findTool, versionOf } from './tools.js';

export const SANITIZED = ['-g', '-fno-omit-frame-pointer', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const FLAGS = ['-std=gnu11', '-Wall', '-Wextra', '-Wno-unused-parameter', '-Werror', ...SANITIZED];
const INCLUDED = ['include', 'src', 'src/native', 'tests/support', 'tests/c'];
export const INCLUDES = INCLUDED.map((dir) => `-I${join(root, dir)}`);
/** Where the core's sources are, for this machine. */
export const CORE = [...CORE_LAYERS, 'src/blocking', 'src/native'];

/** @param {string} dir  below the root  @param {RegExp} pattern */
export const filesIn = (dir, pattern) => readdirSync(join(root, dir)).filter((name) => pattern.test(name)).sort().map((name) => join(root, dir, name));

/** The folder and those in it. @param {string} folder */
const below = (folder) => [folder, ...readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`)];

/** @typedef {(string | Uint8Array)[]} Parts  of a key */

/** @type {Parts | undefined} */
let headers;

/** An object may depend on any of them. */
function allHeaders() {
  headers ??= [...below('include'), 'src', ...CORE, 'tests/support', 'tests/c', 'tests/c/conformance', 'tests/c/scenario', 'tests/fuzz']
    .flatMap((dir) => filesIn(dir, /\.h$/)).flatMap((path) => [relative(root, path), readFileSync(path)]);
  return headers;
}

/** A compiler with the flags of every command. @typedef {{ path: string, flags: string[] }} Compiler */

/** By the compiler's path. @type {Map<string, string>} */
const versions = new Map();

/** @param {Compiler} compiler */
function keyOf({ path, flags }) {
  if (!versions.has(path)) versions.set(path, versionOf(path));
  return hash(/** @type {string} */ (versions.get(path)), ...flags);
}

/** @type {() => Compiler} */
const native = () => ({ path: /** @type {string} */ (findTool('native').path), flags: FLAGS });

/** @param {string} name  of a source  @param {Compiler} compiler  @param {string[]} args  @param {Parts} parts  what the object depends on beside these
 *  @returns {Promise<string>} the object */
export function makeObject(name, compiler, args, parts) {
  return kept(`${name}-${hash(keyOf(compiler), ...args, ...parts)}.o`, (to) => runCompiler(compiler, [...args, '-o', to]));
}

/** @param {Compiler} compiler  @param {string[]} args */
const runCompiler = ({ path, flags }, args) => mustRun(path, [...flags, `-ffile-prefix-map=${root}=.`, ...args], { cwd: root });

/** @param {import('./program.js').Source} source  @param {Compiler} compiler  @returns {Promise<string>} the object */
function compile({ path, flags }, compiler) {
  const args = [...INCLUDED.map((dir) => `-I${dir}`), ...flags, '-c', relative(root, path)];
  return makeObject(basename(path, '.c'), compiler, args, [...allHeaders(), readFileSync(path)]);
}

/** @param {import('./program.js').Source[]} sources  @param {Compiler} [compiler] */
export const compileAll = (sources, compiler = native()) => inParallel(sources, (source) => compile(source, compiler), availableParallelism());

/** @param {string} name  @param {string[]} objects  and archives, named for their contents  @param {string[]} flags  for the linker
 *  @param {Compiler} [compiler]  @returns {Promise<string>} the executable */
export function linkObjects(name, objects, flags, compiler = native()) {
  const key = hash(keyOf(compiler), ...flags, ...objects.map((path) => basename(path)));
  return kept(`${name}-${key}`, (to) => runCompiler(compiler, [...flags, ...objects, '-lm', '-o', to]));
}

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
export function archiveOf(objects) {
  return kept(`libbide-${hash(...objects.map((path) => basename(path)))}.a`, (to) => mustRun('ar', ['rcs', to, ...objects]));
}

/** @param {import('./program.js').Program} program  @returns {Promise<string>} the executable */
export async function buildNative({ name, sources }) {
  return linkNative({ name, sources }, await nativeLibrary(), []);
}

/** The same with a core of the caller's.
 *  @param {import('./program.js').Program} program  @param {string} library  an archive  @param {string[]} flags  for the linker
 *  @returns {Promise<string>} the executable */
export async function linkNative({ name, sources }, library, flags) {
  return linkObjects(name, [...await compileAll(sources), library], flags);
}

/** What the address sanitizer says about stack switching in general, without a finding.
 *  @param {string} stderr */
export function withoutSanitizerNotes(stderr) {
  return stderr.replace(/^==\d+==WARNING: ASan (is ignoring requested|doesn't fully support).*\n(.*False positive error reports may follow\n)?(For details see .*\n)?/gm, '');
}
