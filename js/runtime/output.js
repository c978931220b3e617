// A program's stdout and stderr, made of what load() is given.

import { concat, decode } from './memory.js';

/** @typedef {object} Output
 *  @property {(bytes: Uint8Array) => number | void} write  copies what it keeps, because `bytes` is a view of linear memory; returns a WASI errno
 *  @property {() => number} [undelivered]  how many bytes the other side has not taken yet
 *  @property {() => void} [rest]  the program has ended: write what was kept back for a whole character or line
 *  @property {() => void} [release]  all is delivered, and nothing else comes
 *  @property {boolean} tty  C takes it for a terminal, and flushes after each line
 *
 *  @typedef {{ delivered(): void, failed(error: unknown): void }} Watcher
 *    delivered: the other side has taken something; failed: what a function returned was rejected */

/** Errno of WASI: the other side takes nothing any more. */
const PIPE = 64;

/** Bytes that convert to their text: String(chunk) decodes UTF-8. */
class Chunk extends Uint8Array {
  toString() {
    return decode(this);
  }
}

/** @param {Uint8Array} bytes  @returns {Uint8Array} a copy; where there is Buffer, it is one */
function chunk(bytes) {
  const { Buffer } = /** @type {any} */ (globalThis);
  return Buffer ? Buffer.from(bytes) : new Chunk(bytes);
}

/** @param {any} target  a function, a WritableStream or a Writable of Node  @param {Watcher} watcher  @returns {Output} */
export function outputTo(target, { delivered, failed }) {
  const ignore = () => {};     // the stream's error reaches whoever reads its other end
  if (typeof target === 'function') return inCharacters(deliverTo(target, delivered, failed));
  if (typeof target.getWriter === 'function') {
    const writer = target.getWriter();
    writer.closed.catch(ignore);
    return { ...deliverTo((bytes) => writer.write(bytes), delivered, ignore), release: () => writer.releaseLock() };
  }
  if (typeof target.write !== 'function') throw new TypeError('stdout and stderr are a function, a WritableStream or a Node Writable');
  return deliverTo(typeof target.on === 'function' ? toNode(target) : (bytes) => target.write(bytes), delivered, ignore);
}

/** A Writable of Node calls back. @param {any} stream */
function toNode(stream) {
  return (/** @type {Uint8Array} */ bytes) => new Promise((resolve, reject) => {
    stream.write(bytes, (/** @type {unknown} */ error) => (error ? reject(error) : resolve(undefined)));
  });
}

/** @param {(bytes: Uint8Array) => any} put  may return a promise, until which the bytes are undelivered
 *  @param {() => void} delivered  @param {(error: unknown) => void} failed  @returns {Output} */
function deliverTo(put, delivered, failed) {
  let undelivered = 0, broken = false;
  return {
    tty: true,
    undelivered: () => undelivered,
    write(bytes) {
      if (broken) return PIPE;
      const { length } = bytes, result = put(chunk(bytes));
      if (typeof result?.then !== 'function') return undefined;
      undelivered += length;
      Promise.resolve(result).catch((error) => {
        broken = true;
        failed(error);
      }).then(() => {
        undelivered -= length;
        delivered();
      });
    },
  };
}

/** Each chunk ends with a whole character, so that the texts of chunks can be joined.
 *  @param {Output} output  @returns {Output} */
function inCharacters(output) {
  let kept = new Uint8Array();
  return {
    ...output,
    write(bytes) {
      const all = concat([kept, bytes]);
      const end = all.length - incomplete(all);
      kept = all.slice(end);
      return end ? output.write(all.subarray(0, end)) : undefined;
    },
    rest() {
      const last = kept;
      kept = new Uint8Array();
      if (last.length) output.write(last);
    },
  };
}

/** How many bytes at the end are the beginning of a UTF-8 character.
 *  @param {Uint8Array} bytes */
function incomplete(bytes) {
  for (let i = 1; i <= 3 && i <= bytes.length; i++) {
    const byte = bytes[bytes.length - i];
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return i < length ? i : 0;
  }
  return 0;
}

/** The console takes whole lines.
 *  @param {(line: string) => void} log  @returns {Output} */
export function toConsole(log) {
  let line = '';
  const output = inCharacters({
    tty: true,
    write(bytes) {
      const lines = (line + decode(bytes)).split('\n');
      line = /** @type {string} */ (lines.pop());
      for (const whole of lines) log(whole);
    },
  });
  return {
    ...output,
    rest() {
      output.rest?.();
      if (line) log(line);
      line = '';
    },
  };
}
