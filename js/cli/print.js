// What the command itself writes: answers on stdout, everything else on stderr.
//
// process.stdout and process.stderr are not used. They would make a pipe non-blocking, also for the program that is
// run, and a thread's text would come later than what its program writes.

import { writeSync } from 'node:fs';
import { persist } from '../node/pause.js';

/** A shell's numbers for SIGINT, and for SIGPIPE, which ends a program whose reader is gone. */
export const CTRL_C = 130, CLOSED_PIPE = 141;

/** Print what the user asked for. @param {string} text */
export function answer(text) {
  try {
    write(1, text);
  } catch (error) {
    throw Object.assign(new Error(`stdout can't be written: ${reason(error)}`), { syscall: 'write' });
  }
}

/** Print a message. If stderr can't be written, there is no other place for it. @param {string} text */
export function say(text) {
  try {
    write(2, text);
  } catch {
    // so nobody reads it
  }
}

/** If the reader of a pipe is gone, the command ends, as a native one does.
 *  @param {number} fd  @param {string} text */
function write(fd, text) {
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length;) done += persist(() => writeSync(fd, bytes, done));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') process.exit(CLOSED_PIPE);
    throw error;
  }
}

/** What the system said, without its code and call: "no such file or directory". @param {any} error */
export function reason({ message }) {
  return /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
}
