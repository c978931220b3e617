// The runtime library of each target, made from the package's C sources.
//
// Kept under build/lib in the package (so it ships with it), in the cache if
// the package can't be written. Its folder is named by the hash of the sources:
// whoever edits them needs to do nothing.

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { hash, makeDirectory, temporaryName } from './cache.js';
import { makeObjects, planObject, sayCompilers } from './compile.js';
import { Disk } from './disk.js';
import { BuildError } from './errors.js';
import { CORE_LAYERS } from './layers.js';
import { cacheDir, makeWritable, packageDir } from './paths.js';
import { libraryKey } from './recipe.js';

/** @typedef {'js' | 'wasi'} Target */
/** @typedef {{ key: string, dir: string }} Library
 *    dir has libbide.a, from which the linker takes what a program needs */

/** Folders that a library is made of. */
const FOLDERS = {
  js: [...CORE_LAYERS, 'src/returning', 'wasm/asyncify', 'wasm/libc', 'wasm/threads', 'wasm/link', 'wasm/js'],
  wasi: [...CORE_LAYERS, 'src/blocking', 'wasm/asyncify', 'wasm/libc', 'wasm/threads', 'wasm/link', 'wasm/wasi'],
};

const FLAGS = ['-std=gnu11'];

/** A file with this line is made fast, the others are made small; src/link.h. */
const FAST = /^BIDE__FAST;$/m;
const INCLUDE_DIRS = ['include', 'src', 'wasm/asyncify'];

/** Where programs find bide.h. */
export const headerDir = join(packageDir, 'include');

/** Which library a program of `target` gets. Reads the sources, compiles nothing.
 *  @param {Target} target  @returns {Library} */
export function planLibrary(target) {
  const read = ['include', 'src', 'wasm'].flatMap((dir) => filesBelow(join(packageDir, dir)));
  const parts = read.flatMap((path) => [relative(packageDir, path), readFileSync(path)]);
  const key = hash(target, libraryKey(), ...parts);
  const shipped = join(packageDir, 'build/lib', target, key);
  if (existsSync(shipped) || makeWritable(join(packageDir, 'build/lib', target))) return { key, dir: shipped };
  return { key, dir: join(cacheDir(), 'lib', target, key) };
}

/** Make the library unless it is there.
 *  @param {Target} target  @param {Library} library */
export async function makeLibrary(target, library) {
  if (existsSync(library.dir)) return;
  const members = await objectsOf(FOLDERS[target]);
  const { archive } = await import('./clang.js');
  putFolder(library.dir, { 'libbide.a': await archive(members) });
  removeOld(join(library.dir, '..'), library.key);
}

/** @param {Library} library  @returns {Uint8Array} the archive */
export function readLibrary(library) {
  return readFileSync(join(library.dir, 'libbide.a'));
}

/** @param {string[]} folders  @returns {Promise<Record<string, Uint8Array>>} objects by name */
async function objectsOf(folders) {
  const flags = [...FLAGS, `-ffile-prefix-map=${packageDir}/=`, ...INCLUDE_DIRS.map((dir) => `-I${join(packageDir, dir)}`)];
  const disk = new Disk();
  const sources = folders.flatMap((dir) => sourcesIn(join(packageDir, dir)));
  const names = sources.map((source) => basename(source).replace(/\.[cS]$/, '.o'));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice) throw new BuildError(`bide: two sources of the runtime library would be ${twice}\n`);
  const { objects, warnings } = await makeObjects(sources.map((source) => planObject(source, [levelOf(source), ...flags], disk)));
  sayCompilers(warnings);
  return Object.fromEntries(names.map((name, i) => [name, objects[i]]));
}

/** @param {string} source */
const levelOf = (source) => (FAST.test(readFileSync(source, 'utf8')) ? '-O2' : '-Oz');

/** @param {string} dir */
function sourcesIn(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => /\.[cS]$/.test(name)).sort().map((name) => join(dir, name));
}

/** @param {string} dir  @returns {string[]} */
function filesBelow(dir) {
  const entries = existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : [];
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.[chS]$/.test(entry.name) ? [path] : [];
  });
}

/** Put a folder in place whole, or leave the one that another process put there.
 *  @param {string} dir  @param {Record<string, Uint8Array>} files */
function putFolder(dir, files) {
  const temporary = temporaryName(dir);
  makeDirectory(temporary);
  for (const [name, data] of Object.entries(files)) writeFileSync(join(temporary, name), data);
  try {
    renameSync(temporary, dir);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(dir)) throw error;
  }
}

const HOUR = 3600e3;

/** Libraries of sources that have changed since; not the latest, which another process may be about to read.
 *  @param {string} parent  @param {string} keep */
function removeOld(parent, keep) {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (name !== keep && stat && Date.now() - stat.mtimeMs > HOUR) rmSync(path, { recursive: true, force: true });
  }
}
