// Where a program's stdout and stderr go.

import { concat, decode } from './memory.js';

/** @typedef {{ write(bytes: Uint8Array): number | void, end(): void, tty: boolean }} Output
 *    write takes a view into linear memory, so it copies; answers a WASI errno, 0 or nothing.
 *    tty: C flushes after each line */

/** Bytes whose text is the UTF-8 that they are. */
class Chunk extends Uint8Array {
  toString() {
    return decode(this);
  }
}

/** @param {Uint8Array} bytes  @returns {Uint8Array} a copy; in Node a Buffer */
function chunk(bytes) {
  const { Buffer } = /** @type {any} */ (globalThis);
  return Buffer ? Buffer.from(bytes) : new Chunk(bytes);
}

/** @param {any} target  a function, a WritableStream or a Node Writable  @returns {Output} */
export function outputTo(target) {
  if (typeof target === 'function') return inCharacters(target);
  if (typeof target.getWriter === 'function') return toStream(target.getWriter());
  if (typeof target.write === 'function') return { write: (bytes) => void target.write(chunk(bytes)), end() {}, tty: true };
  throw new TypeError('stdout and stderr are a function, a WritableStream or a Node Writable');
}

/** @param {WritableStreamDefaultWriter} writer  @returns {Output} */
function toStream(writer) {
  const ignore = () => {};     // whoever reads the other end sees the stream's error
  writer.closed.catch(ignore);
  return {
    write: (bytes) => void writer.write(chunk(bytes)).catch(ignore),
    end: () => writer.releaseLock(),
    tty: true,
  };
}

/** Chunks that end with a whole character each, so that their texts can be put together.
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

/** How many bytes at the end begin a UTF-8 character of which more is to come.
 *  @param {Uint8Array} bytes */
function incomplete(bytes) {
  for (let i = 1; i <= 3 && i <= bytes.length; i++) {
    const byte = bytes[bytes.length - i];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return i < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? i : 0;
  }
  return 0;
}

/** The console, which takes whole lines.
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
