// The process's own streams.

import { fromChunks } from '../runtime/input.js';
import { persist } from './pause.js';

/** @typedef {typeof import('node:fs')} Fs
 *  @typedef {import('../runtime/input.js').Input} Input */

/** WASI's numbers of Node's error codes. @type {Record<string, number>} */
const ERRNO = { EBADF: 8, EINVAL: 28, EIO: 29, ENOSPC: 51, EPIPE: 64 };

/** @param {Fs} fs  @param {number} fd  @param {Uint8Array} bytes  @returns {number} a WASI errno */
export function writeAll(fs, fd, bytes) {
  try {
    for (let done = 0; done < bytes.length;) done += persist(() => fs.writeSync(fd, bytes, done));
    return 0;
  } catch (error) {
    return ERRNO[/** @type {any} */ (error).code] ?? ERRNO.EIO;
  }
}

/** The process's stdin. Until somebody watches it, a read blocks the thread.
 *  From then on a stream reads it, one chunk ahead.
 *  @param {Fs} fs  @param {boolean} tty  @returns {Input} */
export function processInput(fs, tty) {
  /** @type {Input | undefined} */
  let stream;
  return {
    tty,
    ready: () => stream?.ready() ?? true,
    read: (size) => (stream?.ready() ? stream.read(size) : readNow(fs, size)),
    watch(on, arrived) {
      stream ??= fromChunks([], nextChunk);
      stream.watch(on, arrived);
      if (on) process.stdin.resume();
      else process.stdin.pause();      // a stream that isn't paused keeps Node alive
    },
  };
}

/** @param {Fs} fs  @param {number} size */
function readNow(fs, size) {
  const buffer = new Uint8Array(size);
  try {
    return buffer.subarray(0, persist(() => fs.readSync(0, buffer)));
  } catch {
    return buffer.subarray(0, 0);      // Windows throws at the end of a pipe
  }
}

/** @returns {Promise<{ done?: boolean, value?: Uint8Array }>} */
function nextChunk() {
  const { stdin } = process;
  return new Promise((resolve) => {
    const end = () => settle({ done: true });
    const data = (/** @type {Uint8Array} */ value) => settle({ value });
    const settle = (/** @type {{ done?: boolean, value?: Uint8Array }} */ result) => {
      stdin.pause();
      stdin.off('data', data).off('end', end).off('error', end).off('close', end);
      resolve(result);
    };
    if (stdin.readableEnded || stdin.destroyed) return end();
    stdin.on('data', data).on('end', end).on('error', end).on('close', end);
    stdin.resume();
  });
}
