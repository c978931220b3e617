// What Node has and pages have not: files, and the process's own streams.
//
// Everything of Node's is imported when called for, so that a page can load this file.

import { fromChunks } from './input.js';

/** @typedef {import('./platform.js').Platform} Platform
 *  @typedef {import('./platform.js').Files} Files */

/** Node's error codes as WASI's numbers. @type {Record<string, number>} */
const ERRNO = { EBADF: 8, EINVAL: 28, EIO: 29, ENOSPC: 51, EPIPE: 64 };

/** How long to wait when a pipe is full, or empty, in ms. */
const RETRY = 2;

/** @returns {Promise<Platform>} */
export async function nodePlatform() {
  const [fs, { isatty }] = await Promise.all([import('node:fs'), import('node:tty')]);
  return {
    output: (fd) => ({ write: (bytes) => writeAll(fs, fd, bytes), end() {}, tty: isatty(fd) }),
    stdin: () => processInput(fs, isatty(0)),
    readFile: (source) => readFile(fs, source),
    files: openFiles,
    pause,
    whenIdle(stuck) {
      process.on('beforeExit', stuck);
      return () => void process.off('beforeExit', stuck);
    },
  };
}

/** @param {number} ms */
function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Run `attempt` until a pipe that doesn't block is ready.
 *  @template T  @param {() => T} attempt  @returns {T} */
function persist(attempt) {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (/** @type {any} */ (error).code !== 'EAGAIN') throw error;
      pause(RETRY);
    }
  }
}

/** @param {typeof import('node:fs')} fs  @param {number} fd  @param {Uint8Array} bytes  @returns {number} a WASI errno */
function writeAll(fs, fd, bytes) {
  try {
    for (let done = 0; done < bytes.length;) done += persist(() => fs.writeSync(fd, bytes, done));
    return 0;
  } catch (error) {
    return ERRNO[/** @type {any} */ (error).code] ?? ERRNO.EIO;
  }
}

/** @param {typeof import('node:fs')} fs  @param {string | URL} source */
function readFile(fs, source) {
  const url = source instanceof URL ? source : /^[a-z][a-z\d+.-]+:/i.test(source) ? new URL(source) : undefined;
  return url && url.protocol !== 'file:' ? undefined : fs.promises.readFile(url ?? source);
}

/** stdin of the process. It is read directly, which blocks, until somebody
 *  watches it; from then on a stream reads it, one chunk ahead.
 *  @param {typeof import('node:fs')} fs  @param {boolean} tty  @returns {import('./input.js').Input} */
function processInput(fs, tty) {
  /** @type {import('./input.js').Input | undefined} */
  let stream;
  return {
    tty,
    ready: () => stream?.ready() ?? true,
    read: (size) => (stream?.ready() ? stream.read(size) : readNow(fs, size)),
    watch(on, arrived) {
      stream ??= fromChunks([], nextChunk);
      stream.watch(on, arrived);
      if (on) process.stdin.resume();
      else process.stdin.pause();      // so that it doesn't keep Node alive
    },
  };
}

/** @param {typeof import('node:fs')} fs  @param {number} size */
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

/** Files are Node's own WASI's work; of its instance it needs nothing but the memory.
 *  @param {Record<string, string>} preopens  @returns {Promise<Files>} */
async function openFiles(preopens) {
  const { WASI } = await withoutWarning(() => import('node:wasi'));
  const wasi = new WASI({ version: 'preview1', preopens });
  return {
    functions: /** @type {any} */ (wasi.wasiImport),
    use: (memory) => wasi.initialize({ exports: { memory } }),
  };
}

/** node:wasi says at its first import that it is experimental.
 *  @template T  @param {() => Promise<T>} load */
async function withoutWarning(load) {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
