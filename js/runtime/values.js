// Values between JavaScript and C. A bide_value of bide.h is 16 bytes:
//
//   kind, 4 | size, count or code, 4 | number, or a pointer to contents, 8
//
// Contents are made by C (wasm/js/outcome.c), and stand behind a bide__blob of src/base/value.h. A value that C can't hold stays
// here, under a number which the blob has.

import { describe } from './describe.js';
import { BideError, numberOf } from './errors.js';
import { errorAt, Held } from './groups.js';
import { encode, encoder } from './memory.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** Values of bide_kind in bide.h. */
export const NONE = 0, I64 = 1, F64 = 2, PTR = 3, BYTES = 4, ERROR = 5, LIST = 6, TEXT = 7, BOOL = 8, JS = 9;
/** Bytes of a bide_value; where the blob behind contents has its number. */
export const VALUE_SIZE = 16;
const NUMBER = -12;

/** An array that becomes a LIST. Whether a value is one is asked by a private name, since a proxy can't tell of those. */
export class Items {
  #own = true;

  /** @param {unknown[]} items  each of which crossing() has returned */
  constructor(items) {
    this.items = items;
  }

  /** @param {object} value */
  static is = (value) => #own in value;
}

/** What becomes an ERROR. */
export class Failure {
  #own = true;

  /** @param {string} code  @param {string} message  @param {Held} [held]  the error, unless it is made here */
  constructor(code, message, held) {
    this.code = numberOf(code);
    this.message = message;
    this.held = held;
  }

  /** @param {object} value */
  static is = (value) => #own in value;
}

/** @param {any} error  what was thrown */
export function failureOf(error) {
  try {
    if (isOurs(error)) return new Failure(error.code, error.message, new Held(error));
    const shown = error instanceof Error ? { name: String(error.name), message: String(error.message) } : undefined;
    return new Failure('EJS', text(error), new Held(error, shown));
  } catch {
    return new Failure('EJS', 'an error that throws when it is looked at', new Held(error));
  }
}

/** @param {any} error  @returns {boolean} whether it has a code of C's */
export function isOurs(error) {
  return error instanceof BideError && numberOf(error.code) !== 0;
}

/** String(error), which can throw. @param {unknown} error */
export function text(error) {
  try {
    return String(error);
  } catch {
    return describe(error);
  }
}

/** What put() can write without a further question. It looks at the value, which can throw.
 *  @param {any} value  @param {string} from  who gave it  @returns {unknown} */
export function crossing(value, from) {
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) return new Failure('EVALUE', `${from} gave a bigint beyond 64 bits`);
  if (typeof value === 'object' && isBuffer(value)) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value;
}

/** @param {unknown} value  @returns {value is ArrayBuffer} */
function isBuffer(value) {
  try {
    return value instanceof ArrayBuffer;
  } catch {
    return false;      // a proxy that was revoked
  }
}

/** Of so many characters each is written by itself. More are faster by an encoder. */
const SHORT = 24;

/** Write a text of ASCII with a NUL behind it; false: it has other characters.
 *  @param {DataView} view  @param {number} at  @param {string} text */
function putAscii(view, at, text) {
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return false;
    view.setUint8(at + i, code);
  }
  view.setUint8(at + length, 0);
  return true;
}

/** Bytes that are allocated in any case for so many, as alloc_pool.c rounds them, with the blob in front.
 *  @param {number} size */
const roomFor = (size) => (size > 1008 ? 2 ** (32 - Math.clz32(size + 15)) : (size + 31) & -16) - 16;

export class Values {
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
    this.memory = runtime.memory;
  }

  /** Write what crossing() has returned over what is not initialised.
   *  @param {number} at  @param {any} value  @returns {boolean} false: there is no memory for all of it, and NONE is there */
  put(at, value) {
    switch (typeof value) {
      case 'undefined': return this.#write(at, NONE);
      case 'number': return this.#number(at, value);
      case 'boolean': return this.#write(at, BOOL, 0, Number(value));
      case 'string': return this.#text(at, value);
      case 'bigint': return this.#integer(at, value);
    }
    if (value === null) return this.#write(at, NONE);
    if (typeof value !== 'object') return this.#held(at, value);
    if (ArrayBuffer.isView(value)) return this.#bytes(at, /** @type {Uint8Array} */ (value));
    if (Items.is(value)) return this.#list(at, value.items);
    return Failure.is(value) ? this.#error(at, value) : this.#held(at, value);
  }

  /** @param {number} at  @param {number} kind  @param {number} [size]  @param {number} [low]  the low half of the rest; the high one is 0 */
  #write(at, kind, size = 0, low = 0) {
    const { view } = this.memory, start = at >>> 0;
    view.setUint32(start, kind, true);
    view.setUint32(start + 4, size, true);
    view.setUint32(start + 8, low, true);
    view.setUint32(start + 12, 0, true);
    return true;
  }

  /** @param {number} at  @param {number} value */
  #number(at, value) {
    const { view } = this.memory, start = at >>> 0;
    view.setUint32(start, F64, true);
    view.setFloat64(start + 8, value, true);
    return true;
  }

  /** @param {number} at  @param {bigint} value */
  #integer(at, value) {
    this.#write(at, I64);
    this.#runtime.memory.setUint64(at + 8, value);
    return true;
  }

  /** @param {number} at  @returns {false} */
  #nothing(at) {
    this.#write(at, NONE);
    return false;
  }

  /** @param {number} at  of a bide_value */
  clear(at) {
    this.#runtime.enter(this.#runtime.raw.bide__js_clear, at);
  }

  /** Room for contents. @param {number} size  @param {number} [number]  @returns {number} 0: no memory */
  #room(size, number = 0) {
    return this.#runtime.enter(this.#runtime.raw.bide__js_blob, size, number) ?? 0;
  }

  /** Most texts have one byte a character. What a text lacks then, is allocated for all that is left of it.
   *  @param {number} at  @param {string} value */
  #text(at, value) {
    const { memory } = this, { length } = value, size = roomFor(length + 1), first = this.#room(size);
    if (!first) return this.#nothing(at);
    if (length <= SHORT && putAscii(memory.view, first >>> 0, value)) return this.#write(at, TEXT, length, first);
    const { read, written } = encoder.encodeInto(value, memory.slice(first, size - 1));
    this.#write(at, TEXT, written, first);
    if (read === length) memory.view.setUint8((first >>> 0) + written, 0);
    return read === length || this.#longText(at, value.slice(read), first, written);
  }

  /** @param {number} at  @param {string} rest  which did not fit  @param {number} first  @param {number} size  of what stands there */
  #longText(at, rest, first, size) {
    const { memory } = this, most = 3 * rest.length, room = this.#room(size + most + 1);
    if (room) memory.set(room, memory.slice(first, size));
    this.clear(at);
    if (!room) return this.#nothing(at);
    const end = size + encoder.encodeInto(rest, memory.slice(room + size, most)).written;
    memory.view.setUint8((room >>> 0) + end, 0);
    return this.#write(at, TEXT, end, room);
  }

  /** @param {number} at  @param {Uint8Array} bytes */
  #bytes(at, bytes) {
    const { memory } = this.#runtime, { length } = bytes, room = this.#room(length + 1);
    if (!room) return this.#nothing(at);
    memory.set(room, bytes);
    memory.view.setUint8((room >>> 0) + length, 0);
    return this.#write(at, BYTES, length, room);
  }

  /** @param {number} at  @param {unknown[]} items */
  #list(at, items) {
    const { memory } = this.#runtime, size = items.length * VALUE_SIZE, room = this.#room(size);
    if (!room) return this.#nothing(at);
    memory.slice(room, size).fill(0);
    this.#write(at, LIST, items.length, room);
    const isThere = items.every((item, i) => this.put(room + i * VALUE_SIZE, item));
    if (!isThere) this.clear(at);
    return isThere;
  }

  /** @param {number} at  @param {unknown} value */
  #held(at, value) {
    const { slots } = this.#runtime, number = slots.add(new Held(value)), room = number && this.#room(0, number);
    if (room) return this.#write(at, JS, 0, room);
    slots.take(number);
    return this.#nothing(at);
  }

  /** @param {number} at  @param {Failure} failure */
  #error(at, { code, message, held }) {
    const { memory, slots } = this.#runtime, bytes = encode(message), number = held ? slots.add(held) : 0;
    const room = this.#room(bytes.length + 1, number);
    if (!room) {
      slots.take(number);
      return this.#nothing(at);
    }
    memory.set(room, bytes);
    memory.view.setUint8((room >>> 0) + bytes.length, 0);
    return this.#write(at, ERROR, code, room);
  }

  // ------------------------------------------------------------ from C

  /** The value of JavaScript, or the error, that contents have the number of. @param {number} room  @returns {Held | undefined} */
  heldAt(room) {
    const held = this.#runtime.slots.get(this.#runtime.memory.getUint32(room + NUMBER));
    return held instanceof Held ? held : undefined;
  }

  /** @param {number} at  of a bide_value */
  kind(at) {
    return this.memory.view.getUint32(at >>> 0, true);
  }

  /** Whether it has contents. @param {number} at  of a bide_value */
  isCounted(at) {
    const kind = this.kind(at);
    return kind >= BYTES && kind !== BOOL;
  }

  /** @param {number} at  of a bide_value  @returns {unknown} what it is in JavaScript */
  get(at) {
    at >>>= 0;
    const { memory } = this, { view } = memory, kind = view.getUint32(at, true);
    if (kind === F64) return view.getFloat64(at + 8, true);
    const size = view.getUint32(at + 4, true), low = view.getUint32(at + 8, true);
    switch (kind) {
      case I64: return integer(view.getBigInt64(at + 8, true));
      case BOOL: return low !== 0;
      case PTR: return low;
      case TEXT: return memory.text(low, size);
      case BYTES: return memory.slice(low, size).slice();
      case LIST: return this.list(low, size);
      case ERROR: return this.error(size, low);
      case JS: return this.heldAt(low)?.value;
    }
    return undefined;
  }

  /** Those that stand side by side. @param {number} at  @param {number} count */
  list(at, count) {
    const values = [];
    for (let i = 0; i < count; i++) values.push(this.get(at + i * VALUE_SIZE));
    return values;
  }

  /** The very error, if it was one of JavaScript. @param {number} code  @param {number} room  its message */
  error(code, room) {
    const held = this.heldAt(room);
    return held ? held.value : errorAt(this.#runtime, code, room);
  }
}

/** @param {bigint} value  @returns {number | bigint} a number, if it can be one */
const integer = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
