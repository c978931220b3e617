// A program's stdout and stderr, made of what load() is given.

import { concat, decode } from './memory.js';

/** @typedef {object} Output
 *  @property {(bytes: Uint8Array) => number | void} write  copies what it keeps, because `bytes` is a view of linear memory; returns a WASI errno
 *  @property {() => void} end
 *  @property {boolean} tty  C takes it for a terminal, and flushes after each line */

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

/** @param {any} target  a function, a WritableStream or a Writable of Node  @returns {Output} */
export function outputTo(target) {
  if (typeof target === 'function') return inCharacters(target);
  if (typeof target.getWriter === 'function') return toStream(target.getWriter());
  if (typeof target.write === 'function') return { write: (bytes) => void target.write(chunk(bytes)), end() {}, tty: true };
  throw new TypeError('stdout and stderr are a function, a WritableStream or a Node Writable');
}

/** @param {WritableStreamDefaultWriter} writer  @returns {Output} */
function toStream(writer) {
  const ignore = () => {};     // the stream's error reaches whoever reads its other end
  writer.closed.catch(ignore);
  return {
    write: (bytes) => void writer.write(chunk(bytes)).catch(ignore),
    end: () => writer.releaseLock(),
    tty: true,
  };
}

/** Each chunk ends with a whole character, so that the texts of chunks can be joined.
 *  @param {(chunk: Uint8Array) => void} take  @returns {Output} */
function inCharacters(take) {
  let rest = new Uint8Array();
  return {
    write(bytes) {
      const all = concat([rest, bytes]);
      const end = all.length - incomplete(all);
      rest = all.slice(end);
      if (end) take(chunk(all.subarray(0, end)));
    },
    end() {
      if (rest.length) take(chunk(rest));
      rest = new Uint8Array();
    },
    tty: true,
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
 *  @param {(line: string) => void} log */
export function toConsole(log) {
  let line = '';
  const output = inCharacters((bytes) => {
    const lines = (line + bytes).split('\n');
    line = /** @type {string} */ (lines.pop());
    for (const whole of lines) log(whole);
  });
  const { end } = output;
  output.end = () => {
    end();
    if (line) log(line);
    line = '';
  };
  return output;
}
