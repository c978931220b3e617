// What Node has and a page has not: files, the process's own streams, and an event loop that ends when it is empty.

import { builtin } from './builtin.js';
import { openFiles } from './files.js';
import { processInput } from './input.js';
import { pause } from './pause.js';
import { readFile } from './source.js';
import { writeAll } from './streams.js';

/** @returns {Promise<import('../runtime/platform.js').Platform>} */
export async function nodePlatform() {
  /** @type {[typeof import('node:fs'), typeof import('node:tty')]} */
  const [fs, { isatty }] = await Promise.all([builtin('node:fs'), builtin('node:tty')]);
  return {
    output: (fd) => ({ write: (bytes) => writeAll(fs, fd, bytes), tty: isatty(fd) }),
    stdin: () => processInput(fs, isatty(0)),
    readFile: (source) => readFile(fs, source),
    files: openFiles,
    pause,
    whenIdle,
  };
}

/** @param {() => void} stuck  @returns {() => void} */
function whenIdle(stuck) {
  process.on('beforeExit', stuck);
  return () => void process.off('beforeExit', stuck);
}
