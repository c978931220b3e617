// What the suite makes and keeps. Each file is named for all that it was made of, so every checkout may use it.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryName } from '../../js/cli/cache.js';
import { touch } from '../../js/cli/cache_size.js';
import { root } from './paths.js';

/** In the cache that BIDE_CACHE names, which outlives a checkout; without that in the checkout. */
const dir = process.env.BIDE_CACHE ? join(process.env.BIDE_CACHE, 'tests') : join(root, 'build/tests/kept');

/** What nobody has used for so long is removed, in ms. */
const UNUSED = 7 * 24 * 3600e3;

/** Find the file, or make it. No other process sees half of it.
 *  @param {string} name  with a hash  @param {(temporary: string) => Promise<unknown>} make  writes the file
 *  @returns {Promise<string>} its path */
export async function kept(name, make) {
  const path = join(dir, name);
  if (existsSync(path)) {
    touch(path);
    return path;
  }
  mkdirSync(dir, { recursive: true });
  const temporary = temporaryName(path) + (/\.\w+$/.exec(name)?.[0] ?? '');
  await make(temporary);
  renameSync(temporary, path);
  return path;
}

export function removeUnused() {
  for (const name of existsSync(dir) ? readdirSync(dir) : []) {
    const path = join(dir, name), stat = statSync(path, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > UNUSED) rmSync(path, { force: true });
  }
}
