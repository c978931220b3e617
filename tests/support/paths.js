// Where the suite finds its sources and keeps what it builds.

import { mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What tests build and may find built the next time, until somebody removes build/.
 *  @param {string} name  @returns {string} the folder, which exists */
export function buildDir(name) {
  const dir = join(root, 'build/tests', name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** Engines that were installed for the suite. They are slow to get, so they outlive a checkout. */
export const engineDir = process.env.BIDE_CACHE_HOME || join(homedir(), '.cache/bide');

/** @param {string} dir  below the root  @param {string} extension
 *  @returns {string[]} names without the extension, sorted */
export function namesIn(dir, extension) {
  return readdirSync(join(root, dir)).filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length)).sort();
}
