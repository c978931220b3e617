// Files named by the hash of all that went into them.
//
// A name never stands for two contents, so no file ever becomes invalid. Two processes may make the same file at
// once: each writes to a file of its own, and renames it.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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

/** Write the whole file, or leave it as it was.
 *  @param {string} path  @param {string | Uint8Array} data */
export function writeAtomically(path, data) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, data);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
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
