// Files named by the hash of all that went into them.
//
// A name never stands for two contents, so no file ever becomes invalid. Two processes may make the same file at
// once: each writes to a file of its own, and renames it.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reason } from './print.js';

/** @param {...(string | Uint8Array)} parts  @returns {string} */
export function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) {
    sum.update(`${part.length}:`);   // ('ab', 'c') and ('a', 'bc') must differ
    sum.update(part);
  }
  return sum.digest('hex').slice(0, 40);
}

/** @param {string} path  @returns {Buffer | undefined} its bytes, undefined if there is no such file */
export function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Write the whole file, or leave it as it was. A link is followed. What is there and is no regular file, such as a
 *  device or a pipe, is written to and stays what it is.
 *  @param {string} path  @param {string | Uint8Array} data */
export function writeAtomically(path, data) {
  try {
    makeDirectory(dirname(path));
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat && !stat.isFile()) writeFileSync(path, data);
    else replace(stat ? realpathSync(path) : path, data);
  } catch (error) {
    throw named(path, /** @type {NodeJS.ErrnoException} */ (error));
  }
}

/** Make the directory, and those above it. Node's own recursive mkdir never returns where the system refuses a name, as below /proc.
 *  @param {string} dir  @param {number} [mode] */
export function makeDirectory(dir, mode) {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  if (!existsSync(dirname(dir))) makeDirectory(dirname(dir));
  try {
    mkdirSync(dir, { mode });
  } catch (error) {
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error;   // another process may have made it
  }
}

/** @param {string} path  @param {string | Uint8Array} data */
function replace(path, data) {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, data);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** What a tool has made, with the warnings that it printed. They are printed again when it is found in the cache.
 *  @typedef {{ bytes: Uint8Array, warnings: string }} Made */

/** @param {string} path  in the cache  @returns {Made | undefined} */
export function readMade(path) {
  const bytes = readIfThere(path);
  return bytes && { bytes, warnings: readIfThere(warningsOf(path))?.toString('utf8') ?? '' };
}

/** @param {string} path  in the cache  @param {Made} made */
export function writeMade(path, { bytes, warnings }) {
  if (warnings) writeAtomically(warningsOf(path), warnings);     // first: who finds the bytes finds the warnings too
  writeAtomically(path, bytes);
}

/** @param {string} path */
const warningsOf = (path) => `${path}.txt`;

/** The error in words that name the file that the user knows, and not a temporary one.
 *  @param {string} path  @param {NodeJS.ErrnoException} error */
function named(path, { code, syscall, message }) {
  return Object.assign(new Error(`${path} can't be written: ${reason({ message })}`), { code, syscall });
}

/** A name in the same folder that no other process uses.
 *  @param {string} path */
export function temporaryName(path) {
  return join(dirname(path), `.${basename(path)}.${process.pid}.${Math.random().toString(36).slice(2)}`);
}

/** @param {any} error */
export function isMissing(error) {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error?.code);
}
