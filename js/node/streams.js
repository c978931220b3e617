// The process's own output, and the errors of both ways.

import { persist } from './pause.js';

/** @typedef {typeof import('node:fs')} Fs */

/** WASI's numbers of Node's error codes. @type {Record<string, number>} */
const ERRNO = { EACCES: 2, EBADF: 8, ECONNRESET: 15, EINVAL: 28, EIO: 29, EISDIR: 31, ENOSPC: 51, EPERM: 63, EPIPE: 64 };

/** @param {any} error */
export const errnoOf = (error) => ERRNO[error.code] ?? ERRNO.EIO;

/** @param {Fs} fs  @param {number} fd  @param {Uint8Array} bytes  @returns {number} a WASI errno */
export function writeAll(fs, fd, bytes) {
  try {
    for (let done = 0; done < bytes.length;) done += persist(() => fs.writeSync(fd, bytes, done));
    return 0;
  } catch (error) {
    return errnoOf(error);
  }
}
