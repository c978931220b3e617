// Whether the reader of a pipe is gone.
//
// Node has no poll(). Its node:wasi has one, and needs no program for it, only a memory.

import { openFiles } from '../node/files.js';

/** Where the subscription, the event and the number of events stand in the memory. */
const SUBSCRIPTION = 0, EVENT = 128, HAPPENED = 256;
const FD_WRITE = 2;

/** @param {number} fd  @returns {Promise<boolean>} true: a write would fail, because nobody can read it */
export async function isClosedPipe(fd) {
  const { functions, use } = await openFiles({});
  const memory = new WebAssembly.Memory({ initial: 1 }), view = new DataView(memory.buffer);
  use(memory);
  view.setUint8(SUBSCRIPTION + 8, FD_WRITE);
  view.setUint32(SUBSCRIPTION + 16, fd, true);
  const failed = functions.poll_oneoff(SUBSCRIPTION, EVENT, 1, HAPPENED) !== 0;   // so it is for a file
  const error = view.getUint16(EVENT + 8, true), hangup = view.getUint16(EVENT + 24, true);
  return !failed && (error | hangup) !== 0;
}
