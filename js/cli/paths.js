// Where things are: the package, the tools it depends on, the cache.

import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this package. */
export const packageDir = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** @returns {string} the version of this package */
export function packageVersion() {
  return readJson(join(packageDir, 'package.json')).version;
}

/** The directory of an npm package. It is looked up where npm puts packages, because an import would load the code.
 *  @param {string} name  @returns {string | undefined} */
export function findPackage(name) {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return places.map((place) => join(place, name)).find((dir) => canRead(join(dir, 'package.json')));
}

/** @param {string} name  an npm package
 *  @returns {string | undefined} its installed version */
export function installedVersion(name) {
  const dir = findPackage(name);
  return dir && readJson(join(dir, 'package.json')).version;
}

/** The cache directory: $BIDE_CACHE, or else the first of three that can be written: in the package, in the
 *  user's cache, among temporary files.
 *  @returns {string} */
export function cacheDir() {
  const { BIDE_CACHE, XDG_CACHE_HOME } = process.env;
  if (BIDE_CACHE) return resolve(BIDE_CACHE);
  const candidates = [
    join(packageDir, 'node_modules/.cache/bide'),
    join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'bide'),
    join(tmpdir(), `bide-cache-${process.getuid?.() ?? 'user'}`),
  ];
  return candidates.find(makeWritable) ?? candidates[candidates.length - 1];
}

/** Create `dir` if it is missing. @param {string} dir  @returns {boolean} it can be written */
export function makeWritable(dir) {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
function canRead(path) {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
