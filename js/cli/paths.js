// Where things are: the package, the tools it depends on, the cache.

import { accessSync, constants, lstatSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDirectory } from './cache.js';
import { BuildError } from './errors.js';
import { reason } from './print.js';

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
  const candidates = [join(packageDir, 'node_modules/.cache/bide'), join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'bide')];
  return candidates.find(makeWritable) ?? temporaryCache();
}

/** A folder among temporary files, where everybody may make one of its name. So it must be ours, and nobody else may write there.
 *  @returns {string} */
export function temporaryCache(dir = join(tmpdir(), `bide-cache-${process.getuid?.() ?? 'user'}`)) {
  tryTo(() => makeDirectory(dir, 0o700));
  const stat = lstatSync(dir, { throwIfNoEntry: false }), uid = process.getuid?.();
  const isOurs = stat?.isDirectory() && (uid === undefined || (stat.uid === uid && (stat.mode & 0o022) === 0));
  if (stat && !isOurs) throw new BuildError(`bide: ${dir} belongs to somebody else, or others may write to it; set BIDE_CACHE to a folder of your own\n`);
  return dir;
}

/** Create `dir` if it is missing. @param {string} dir  @returns {boolean} it can be written */
export const makeWritable = (dir) => whyNotWritable(dir) === undefined;

/** @param {string} dir  is created if it is missing */
function whyNotWritable(dir) {
  return tryTo(() => {
    makeDirectory(dir);
    accessSync(dir, constants.W_OK);
  });
}

/** @param {string} cache  what is compiled must be kept there */
export function requireWritable(cache) {
  const error = whyNotWritable(cache);
  if (error) throw new BuildError(`bide: the cache ${cache} can't be written: ${reason(error)}; set BIDE_CACHE to a folder that can\n`);
}

/** @param {() => void} attempt  @returns {Error | undefined} what it threw */
function tryTo(attempt) {
  try {
    attempt();
  } catch (error) {
    return /** @type {Error} */ (error);
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
