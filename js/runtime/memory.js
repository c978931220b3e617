// A program's linear memory, and the bytes of texts.

const decoder = /* @__PURE__ */ new TextDecoder();
const encoder = /* @__PURE__ */ new TextEncoder();

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

/** Growing the memory replaces its buffer, so a view of an old buffer is made anew. */
export class Memory {
  /** The runtime sets it when there is an instance. @type {WebAssembly.Memory} */
  memory;
  #bytes = new Uint8Array();
  #view = new DataView(new ArrayBuffer(0));

  get bytes() {
    if (this.#bytes.buffer !== this.memory.buffer) this.#bytes = new Uint8Array(this.memory.buffer);
    return this.#bytes;
  }

  get view() {
    if (this.#view.buffer !== this.memory.buffer) this.#view = new DataView(this.memory.buffer);
    return this.#view;
  }

  /** @param {number} ptr */
  getUint32(ptr) {
    return this.view.getUint32(ptr, true);
  }

  /** @param {number} ptr  @param {number} value */
  setUint32(ptr, value) {
    this.view.setUint32(ptr, value, true);
  }

  /** @param {number} ptr  @param {number} size */
  slice(ptr, size) {
    return this.bytes.subarray(ptr >>> 0, (ptr >>> 0) + size);
  }

  /** @param {number} ptr  @param {number} [size]  by default the text ends before a NUL */
  text(ptr, size = this.bytes.indexOf(0, ptr >>> 0) - (ptr >>> 0)) {
    return decode(this.slice(ptr, size));
  }
}
