// Memory of the program that JavaScript asks for, fills and looks at. wasm/js/heap.c is C's half of it.

import { AppFiles } from './app_files.js';
import { BideError } from './errors.js';
import { encode, encoder } from './memory.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

export class Heap extends AppFiles {
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    super(runtime);
    this.#runtime = runtime;
  }

  /** @param {number} size  @returns {number} an address */
  alloc(size) {
    checkSize('app.alloc', size);
    return allocate(this.#runtime, size, 'app.alloc');
  }

  /** After the app's end there is nothing to give back. @param {number} ptr  0 is fine */
  free(ptr) {
    const runtime = this.#runtime;
    this.#check('app.free', ptr, 0);
    runtime.enter(runtime.raw.bide__js_free, ptr);
  }

  /** @param {number} ptr  @param {number} size  @returns {Uint8Array} the bytes themselves */
  bytes(ptr, size) {
    this.#check('app.bytes', ptr, size);
    return this.#runtime.memory.slice(ptr, size);
  }

  /** @param {number} ptr  @param {string | Uint8Array} data  @returns {number} how many bytes it wrote */
  write(ptr, data) {
    const given = dataOf(data);
    if (given === undefined) throw new TypeError('app.write takes a string or a Uint8Array');
    const bytes = typeof given === 'string' ? encode(given) : given;
    this.#check('app.write', ptr, bytes.length);
    this.#runtime.memory.set(ptr, bytes);
    return bytes.length;
  }

  /** Throws unless these bytes are the memory's. @param {string} what  @param {number} ptr  @param {number} size */
  #check(what, ptr, size) {
    if (typeof ptr !== 'number') throw new TypeError(`${what}: an address is a number`);
    checkSize(what, size);
    const { byteLength } = this.#runtime.memory.memory.buffer;
    if (!Number.isInteger(ptr) || ptr < LEAST || ptr > MOST || (ptr >>> 0) + size > byteLength) {
      throw new RangeError(`${what}: ${size} bytes at ${ptr} are not in the memory, which has ${byteLength}`);
    }
  }
}

/** @param {Runtime} runtime  @param {number} size  @param {string} what  it is for  @returns {number} an address */
function allocate(runtime, size, what) {
  const { bide__js_alloc: alloc } = runtime.raw;
  if (runtime.ended) throw runtime.ended;
  if (!alloc) throw new BideError('ERUNTIME', `${what}: the program gives JavaScript no function, and takes none`);
  const ptr = size > MOST ? 0 : runtime.enter(alloc, size);
  if (runtime.ended) throw runtime.ended;
  if (!ptr) throw new BideError('ENOMEM', `${what}: no memory for ${size} bytes`);
  return ptr >>> 0;
}

/** @param {Runtime} runtime  @param {string | Uint8Array} data  a text gets a NUL behind it; bytes are not in the program's memory
 *  @param {string} what  it is for
 *  @returns {number} the address of a copy, for bide__js_free */
export function copyInto(runtime, data, what) {
  return typeof data === 'string' ? copyText(runtime, data, what) : copyBytes(runtime, data, data.length, what);
}

/** @param {Runtime} runtime  @param {Uint8Array} bytes  @param {number} size  of the copy  @param {string} what */
function copyBytes(runtime, bytes, size, what) {
  const ptr = allocate(runtime, size, what);
  runtime.memory.set(ptr, bytes);
  return ptr;
}

/** It is taken for ASCII, which needs no second copy, until it turns out not to be.
 *  @param {Runtime} runtime  @param {string} text  @param {string} what */
function copyText(runtime, text, what) {
  const { memory, raw } = runtime, { length } = text;
  let ptr = allocate(runtime, length + 1, what), end = length;
  const { read, written } = encoder.encodeInto(text, memory.slice(ptr, length));
  if (read !== length || written !== length) {
    runtime.enter(raw.bide__js_free, ptr);
    const bytes = encode(text);
    end = bytes.length;
    ptr = copyBytes(runtime, bytes, end + 1, what);
  }
  memory.slice(ptr + end, 1)[0] = 0;
  return ptr;
}

/** Of an address and of a size. C may have given the address as a signed number. */
const MOST = 2 ** 32 - 1, LEAST = -(2 ** 31);

/** @param {string} what  @param {unknown} size */
function checkSize(what, size) {
  if (typeof size !== 'number') throw new TypeError(`${what}: a size is a number`);
  if (!Number.isInteger(size) || size < 0) throw new RangeError(`${what}: ${size} is no size`);
}

/** A string, or the bytes that a Uint8Array has now, whatever becomes of its buffer. Throws a TypeError if that is detached.
 *  @param {any} data  @returns {string | Uint8Array | undefined} undefined: it is neither */
export function dataOf(data) {
  if (typeof data === 'string') return data;
  const isBytes = ArrayBuffer.isView(data) && Object.prototype.toString.call(data) === '[object Uint8Array]';
  return isBytes ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : undefined;
}
