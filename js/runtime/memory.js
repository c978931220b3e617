// A program's linear memory, and the bytes of texts.

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });      // a text may begin with U+FEFF
export const encoder = /* @__PURE__ */ new TextEncoder();

/** @param {string} text */
export const encode = (text) => encoder.encode(text);
/** @param {Uint8Array} bytes */
export const decode = (bytes) => decoder.decode(bytes);

/** @param {Uint8Array[]} pieces  @returns {Uint8Array} a copy; of a single piece, the piece itself */
export function concat(pieces) {
  if (pieces.length === 1) return pieces[0];
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** All that JavaScript reads and writes of a program's memory. An address comes from wasm as a signed number, which is
 *  negative from 2 GiB on, and so does a size; every function takes it so.
 *  Growing the memory detaches its buffer. A detached view is empty, and is made anew. */
export class Memory {
  /** The runtime sets it when there is an instance. @type {WebAssembly.Memory} */
  memory;
  #bytes = new Uint8Array();
  #view = new DataView(this.#bytes.buffer);

  /** Look before each access whether the views are still those of the memory. */
  #look() {
    if (this.#bytes.length) return;
    const { buffer } = this.memory;
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  /** For whoever reads more kinds of numbers, until the memory grows. */
  get view() {
    this.#look();
    return this.#view;
  }

  /** @param {number} ptr */
  getUint32(ptr) {
    this.#look();
    return this.#view.getUint32(ptr >>> 0, true);
  }

  /** @param {number} ptr  @param {number} value */
  setUint32(ptr, value) {
    this.#look();
    this.#view.setUint32(ptr >>> 0, value, true);
  }

  /** @param {number} ptr  @param {bigint} value  signed or unsigned */
  setUint64(ptr, value) {
    this.#look();
    this.#view.setBigInt64(ptr >>> 0, value, true);
  }

  /** @param {number} ptr  @param {number} value */
  setFloat64(ptr, value) {
    this.#look();
    this.#view.setFloat64(ptr >>> 0, value, true);
  }

  /** The bytes themselves, until the memory grows.
   *  @param {number} ptr  @param {number} [size]  by default those before a NUL */
  slice(ptr, size) {
    this.#look();
    const start = ptr >>> 0;
    if (size !== undefined) return this.#bytes.subarray(start, start + (size >>> 0));
    const end = this.#bytes.indexOf(0, start);
    return this.#bytes.subarray(start, end < 0 ? undefined : end);
  }

  /** @param {number} ptr  @param {Uint8Array} bytes */
  set(ptr, bytes) {
    this.#look();
    this.#bytes.set(bytes, ptr >>> 0);
  }

  /** A text with a NUL behind it. What is too long is cut off.
   *  @param {number} ptr  @param {number} size  @param {string} text */
  putText(ptr, size, text) {
    const room = this.slice(ptr, size);
    room[encoder.encodeInto(text, room.subarray(0, size - 1)).written] = 0;
  }

  /** @param {number} ptr  @param {number} [size]  by default the text ends before a NUL */
  text(ptr, size) {
    return decode(this.slice(ptr, size));
  }
}
