// The disk as it was when it was looked at first.
//
// What the compiler makes depends on each path that it looks for, also on one where nothing is: the object is another one
// when a file comes to be there.

import { readFileSync, statSync } from 'node:fs';
import { hash } from './cache.js';

/** @typedef {{ state: string, id: string, bytes?: Buffer, error?: string }} Found
 *    state: another one when what is there has changed. id: the same for all paths of one file or folder.
 *    bytes: of a file. error: the system's code, if it does not let us look */

/** @type {Found} */
const NOTHING = { state: 'nothing', id: '' };

export class Disk {
  /** By path. @type {Map<string, Found>} */
  #found = new Map();

  /** @param {string} path  an absolute one  @returns {Found} */
  look(path) {
    let found = this.#found.get(path);
    if (!found) this.#found.set(path, found = lookAt(path));
    return found;
  }
}

/** @param {string} path  @returns {Found} */
function lookAt(path) {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stat?.isFile() && !stat?.isDirectory()) return NOTHING;
    const id = `${stat.dev} ${stat.ino}`;
    if (stat.isDirectory()) return { state: 'folder', id };
    const bytes = readFileSync(path);
    return { state: hash(bytes), id, bytes };
  } catch (error) {
    const { code = 'EIO' } = /** @type {NodeJS.ErrnoException} */ (error);
    return { state: code, id: path, error: code };
  }
}
