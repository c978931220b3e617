// Promises that imports return to C, which knows each by a number. wasm/js/promise.c is C's half of it.
//
//   pending -> settled    #follow, when the promise settles; wrap, for a plain value or a throw
//   pending -> dropped    #drop, when C cancels the wait or gives up the promise; it aborts the signal
//   settled -> dropped    #drop, when C has taken the outcome

import { BideError, numberOf } from './errors.js';
import { encode } from './memory.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *
 *  @typedef {object} Entry  a promise
 *  @property {string} name  of the import
 *  @property {AbortController} controller  of the signal that the import was given
 *  @property {boolean} settled
 *  @property {boolean} failed  once settled: `value` is an error
 *  @property {any} value
 *  @property {number} operation  what C wants completed when the promise settles; 0: nothing
 *  @property {Uint8Array} [bytes]  of the value or the message, until C copies them
 *
 *  @typedef {object} Outcome  a value, or an error if it has a code
 *  @property {number} [code]
 *  @property {number} [kind]
 *  @property {Uint8Array} [bytes]
 *  @property {number | bigint} [number] */

/** Values of bide_kind in bide.h. */
const NONE = 0, I64 = 1, F64 = 2, BYTES = 4;
/** Values of promise_state in promise.c. */
const UNKNOWN = 0, PENDING = 1, SETTLED = 2;

const LAST_NUMBER = 2 ** 31 - 1;

export class Promises {
  /** Those that are not dropped, by number. @type {Map<number, Entry>} */
  #entries = new Map();
  #last = 0;
  /** JavaScript errors that C has met, by number. @type {Map<number, unknown>} */
  #errors = new Map();
  #lastError = 0;
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  /** The import that C calls in place of `fn`. It returns the number of the promise.
   *  @param {Function} fn  @param {string} name */
  wrap(fn, name) {
    return (/** @type {unknown[]} */ ...args) => {
      const controller = new AbortController();
      const entry = { name, controller, settled: false, failed: false, value: undefined, operation: 0 };
      try {
        const value = fn(...args, controller.signal);
        if (typeof value?.then === 'function') this.#follow(entry, value);
        else settle(entry, false, value);
      } catch (error) {
        settle(entry, true, error);
      }
      return this.#add(entry);
    };
  }

  /** @param {number} number  of a JavaScript error */
  error(number) {
    return this.#errors.get(number);
  }

  /** The program has ended: abort what is pending, and tell the errors that nobody took.
   *  @param {(line: string) => void} tell */
  close(tell) {
    for (const [number, { name, failed, value }] of this.#entries) {
      if (failed) tell(`Promise exception was never retrieved\nimport: ${name}\n${text(value)}`);
      this.#drop(number);
    }
  }

  /** @returns {string[]} names of the imports whose promises are pending */
  pending() {
    return [...this.#entries.values()].filter((entry) => !entry.settled).map((entry) => entry.name);
  }

  /** The functions that promise.c imports. */
  imports() {
    return {
      /** @param {number} n */
      promise_state: (n) => {
        const entry = this.#entries.get(n);
        return entry ? (entry.settled ? SETTLED : PENDING) : UNKNOWN;
      },
      /** @param {number} n  @param {number} operation */
      promise_watch: (n, operation) => { this.#get(n).operation = operation; },
      /** @param {number} n */
      promise_drop: (n) => this.#drop(n),
      /** @param {number} n  @param {number} out */
      promise_outcome: (n, out) => this.#write(this.#get(n), out),
      /** @param {number} n  @param {number} to */
      promise_copy: (n, to) => {
        const bytes = /** @type {Uint8Array} */ (this.#get(n).bytes);
        this.#runtime.memory.set(to, bytes);
      },
      /** @param {number} n */
      drop_error: (n) => { this.#errors.delete(n); },
    };
  }

  /** @param {number} n */
  #get(n) {
    return /** @type {Entry} */ (this.#entries.get(n));
  }

  /** @param {Entry} entry */
  #add(entry) {
    do this.#last = this.#last % LAST_NUMBER + 1; while (this.#entries.has(this.#last));
    this.#entries.set(this.#last, entry);
    return this.#last;
  }

  /** @param {number} n */
  #drop(n) {
    const entry = this.#entries.get(n);
    this.#entries.delete(n);
    if (!entry || entry.settled) return;
    entry.settled = true;      // what it settles with comes too late
    this.#runtime.outside(() => entry.controller.abort())();
  }

  /** @param {Entry} entry  @param {PromiseLike<unknown>} promise */
  #follow(entry, promise) {
    const end = (/** @type {boolean} */ failed) => (/** @type {unknown} */ value) => {
      if (entry.settled) return;
      settle(entry, failed, value);
      if (entry.operation) this.#runtime.enter('bide__js_complete', entry.operation);
      this.#runtime.driver.kick();
    };
    promise.then(end(false), end(true));
  }

  /** Fill in a struct outcome of promise.c.
   *  @param {Entry} entry  @param {number} out */
  #write(entry, out) {
    const { memory } = this.#runtime;
    const { code, kind = NONE, bytes, number } = entry.failed ? failure(entry.value) : conversion(entry);
    entry.bytes = bytes;
    memory.setUint32(out, code ?? 0);
    memory.setUint32(out + 4, kind);
    memory.setUint32(out + 8, bytes?.length ?? 0);
    memory.setUint32(out + 12, entry.failed ? this.#keep(entry.value) : 0);
    if (kind === F64) memory.setFloat64(out + 16, /** @type {number} */ (number));
    if (kind === I64) memory.setUint64(out + 16, /** @type {bigint} */ (number));
  }

  /** @param {unknown} error */
  #keep(error) {
    this.#errors.set(++this.#lastError, error);
    return this.#lastError;
  }
}

/** @param {Entry} entry  @param {boolean} failed  @param {unknown} value */
function settle(entry, failed, value) {
  Object.assign(entry, { settled: true, failed, value });
}

/** @param {any} error  @returns {Outcome} */
function failure(error) {
  const known = error instanceof BideError && numberOf(error.code);
  return known ? errorOutcome(error.code, error.message) : errorOutcome('EJS', text(error));
}

/** @param {Entry} entry  @returns {Outcome} */
function conversion({ name, value }) {
  if (value === undefined || value === null) return {};
  if (typeof value === 'number') return { kind: F64, number: value };
  if (typeof value === 'boolean') return { kind: I64, number: BigInt(value) };
  if (typeof value === 'string') return { kind: BYTES, bytes: encode(value) };
  if (value instanceof ArrayBuffer) return { kind: BYTES, bytes: new Uint8Array(value) };
  if (ArrayBuffer.isView(value)) return { kind: BYTES, bytes: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) };
  if (typeof value !== 'bigint') return errorOutcome('ETYPE', `${name} gave ${describe(value)}, which C can't take`);
  if (BigInt.asIntN(64, value) === value) return { kind: I64, number: value };
  return errorOutcome('EVALUE', `${name} gave a bigint beyond 64 bits`);
}

/** @param {string} code  @param {string} message  @returns {Outcome} */
function errorOutcome(code, message) {
  return { code: numberOf(code), bytes: encode(message) };
}

/** @param {unknown} value */
function describe(value) {
  const type = typeof value;
  return type === 'object' ? `an object (${Object.prototype.toString.call(value).slice(8, -1)})` : `a ${type}`;
}

/** String(error), which can throw. @param {unknown} error */
function text(error) {
  try {
    return String(error);
  } catch {
    return describe(error);
  }
}
