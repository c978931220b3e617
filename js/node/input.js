// The process's own stdin.

import { fromChunks, fromNode } from '../runtime/input.js';
import { persist } from './pause.js';
import { errnoOf } from './streams.js';

/** @typedef {typeof import('node:fs')} Fs
 *  @typedef {import('../runtime/input.js').Input} Input */

/** The process's stdin. A file is read when C asks. Of a pipe or a terminal that is so until somebody watches it: a read
 *  blocks the thread. From then on a stream reads it, one chunk ahead.
 *  @param {Fs} fs  @param {boolean} tty  @returns {Input} */
export function processInput(fs, tty) {
  const waits = tty || mayWait(fs);
  /** @type {Input | undefined} */
  let stream;
  return {
    tty,
    ready: () => stream?.ready() ?? true,
    read: (size) => (stream?.ready() ? stream.read(size) : readNow(fs, size)),
    watch(on, arrived) {
      if (on && waits) stream ??= fromChunks([], fromNode(process.stdin), errnoOf);
      stream?.watch(on, arrived);
    },
    release: () => stream?.release?.(),
  };
}

/** Whether a read may have to wait. A directory answers at once, by an error that process.stdin would not give.
 *  @param {Fs} fs */
function mayWait(fs) {
  try {
    const stat = fs.fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

/** @param {Fs} fs  @param {number} size  @returns {Uint8Array | number} */
function readNow(fs, size) {
  const buffer = new Uint8Array(size);
  try {
    return buffer.subarray(0, persist(() => fs.readSync(0, buffer)));
  } catch (error) {
    return /** @type {any} */ (error).code === 'EOF' ? buffer.subarray(0, 0) : errnoOf(error);      // Windows throws at the end of a pipe
  }
}
