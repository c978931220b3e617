// Keeps the cache below a size: what was not used for longest goes first.

import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './errors.js';

const MB = 1e6, DEFAULT_MB = 1000;
/** The folders of the cache that grow with use. */
const FOLDERS = ['objects', 'modules'];
/** How precisely the time of the last use is known, in ms: noting it at each run would take time. */
const PRECISION = 60e3;

/** @returns {number} bytes, by BIDE_CACHE_SIZE, which is in megabytes */
export function cacheLimit() {
  const { BIDE_CACHE_SIZE: text } = process.env;
  const size = text ? Number(text) : DEFAULT_MB;
  if (!(size >= 0)) throw new BuildError(`bide: BIDE_CACHE_SIZE is a number of megabytes, not ${text}\n`);
  return size * MB;
}

/** Note that a file of the cache was used. @param {string} path */
export function touch(path) {
  try {
    const now = Date.now();
    if (now - statSync(path).mtimeMs > PRECISION) utimesSync(path, now / 1e3, now / 1e3);
  } catch {
    // it isn't ours, or another process has removed it
  }
}

/** @param {string} dir  the cache  @param {string} keep  a file that stays, however small the limit is */
export function shrinkCache(dir, keep) {
  const entries = FOLDERS.flatMap((name) => entriesOf(join(dir, name)));
  let size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const limit = cacheLimit();
  for (const { path, size: freed } of entries.sort((a, b) => a.used - b.used)) {
    if (size <= limit) return;
    if (path.startsWith(keep)) continue;
    rmSync(path, { force: true });
    size -= freed;
  }
}

/** @param {string} dir  @returns {{ path: string, size: number, used: number }[]} */
function entriesOf(dir) {
  const paths = statSync(dir, { throwIfNoEntry: false }) ? readdirSync(dir).map((name) => join(dir, name)) : [];
  return paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat ? { path, size: stat.size, used: stat.mtimeMs } : [];
  });
}
