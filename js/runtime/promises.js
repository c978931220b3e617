// Promises that imports return to C, which knows each by a number. wasm/js/promise.c and outcome.c are C's half of it.
//
//   pending -> settled   #settle, when the promise settles; wrap, for a plain value or a throw
//   pending -> dropped   #drop, when C cancels the wait or gives up the promise; it aborts the signal
//   settled -> dropped   #drop, when C gives it up; outcome and outcome_copy, when C has taken it
//   settled -> error     outcome_copy, when C has taken an error, whose message has the number until `drop`

import { BideError, numberOf } from './errors.js';
import { encode } from './memory.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *
 *  @typedef {object} Outcome  a value, or an error if it has a code
 *  @property {number} [code]
 *  @property {number} [kind]
 *  @property {Uint8Array} [bytes]  of the value or the message, until C copies them
 *  @property {number | bigint} [number]
 *  @property {import('./errors.js').Shown} [shown]  of an error that is not ours */

/** Values of bide_kind in bide.h. */
const NONE = 0, I64 = 1, F64 = 2, BYTES = 4;
/** What C has to take: neither NONE nor F64. */
const OTHER = -1;
/** Values of promise_state in promise.c. */
const UNKNOWN = 0, PENDING = 1, SETTLED = 2;

/** The outcome of a promise that was given up. */
const DROPPED = {};

export class Asked {
  /** C's number for it. */
  number = 0;
  /** What C wants completed when the promise settles; 0: nothing. */
  operation = 0;
  /** It has settled, or was dropped. @type {Outcome | undefined} */
  outcome;
  failed = false;
  /** What it failed with. @type {unknown} */
  error;
  /** C has taken the error, and may give it back. */
  taken = false;
  /** Its task has ended, and nobody awaits it. */
  left = false;
  /** Of the signal that the import was given, if it takes one. @type {AbortController | undefined} */
  controller;

  /** @param {string} name  of the import  @param {number} task  that asked, until somebody awaits it; 0: none */
  constructor(name, task) {
    this.name = name;
    this.task = task;
  }
}

export class Promises {
  #runtime;
  /** The promise that was asked for last. Mostly it is awaited before there is another. @type {Asked | undefined} */
  #last;
  /** The others that nobody awaits, by the task that asked. @type {Map<number, Set<Asked>>} */
  #others = new Map();

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  /** The import that C calls in place of `fn`. It is given the task that asks, and returns the number of the promise.
   *  @param {Function} fn  @param {string} name  @returns {(task: number, ...args: unknown[]) => number} */
  wrap(fn, name) {
    const runtime = this.#runtime, { length } = fn;
    return (task, ...args) => {
      const asked = new Asked(name, task);
      try {
        const value = length > args.length ? fn(...args, (asked.controller = new AbortController()).signal) : fn(...args);
        if (typeof value?.then === 'function') this.#follow(asked, value);
        else settle(asked, false, value);
      } catch (error) {
        settle(asked, true, error);
      }
      if (runtime.ended) throw runtime.ended;
      if (this.#last?.task) this.#file(this.#last);
      this.#last = asked;
      return asked.number = runtime.slots.add(asked);
    };
  }

  /** The import that C calls in place of `fn`, if it returns an int. An error of ours that it throws becomes the int.
   *  @param {Function} fn  @param {string} name */
  wrapInt(fn, name) {
    const runtime = this.#runtime;
    return (/** @type {unknown[]} */ ...args) => {
      try {
        const value = fn(...args) >> 0;
        if (!runtime.ended) return value;
      } catch (error) {
        if (!isOurs(error)) throw error;
        const { bide__js_threw: threw } = runtime.raw;
        if (!threw) return numberOf(/** @type {any} */ (error).code);       // without a core, nobody can ask for the message
        const asked = new Asked(name, 0);
        settle(asked, true, error);
        if (!runtime.ended) return runtime.enter(threw, runtime.slots.add(asked));
      }
      throw runtime.ended;
    };
  }

  /** The error that C knows by this number. @param {number} number  @returns {Asked | undefined} */
  error(number) {
    const asked = this.#runtime.slots.get(number);
    return asked instanceof Asked ? asked : undefined;
  }

  /** @returns {Asked[]} those that are neither dropped nor only errors */
  #all() {
    return /** @type {Asked[]} */ (this.#runtime.slots.values().filter((one) => one instanceof Asked && !one.taken));
  }

  /** The program has ended: abort what is pending, and tell the errors that nobody took. */
  close() {
    for (const asked of this.#all()) {
      asked.left = true;
      this.#drop(asked);
    }
  }

  /** @returns {string[]} names of the imports whose promises are pending */
  pending() {
    return this.#all().filter((asked) => !asked.outcome).map((asked) => asked.name);
  }

  /** The functions that promise.c and outcome.c import. */
  imports() {
    const { memory } = this.#runtime;
    return {
      /** @param {number} n */
      promise_state: (n) => {
        const asked = this.error(n);
        return !asked || asked.taken || asked.operation ? UNKNOWN : asked.outcome ? SETTLED : PENDING;
      },
      /** @param {number} n  @param {number} operation */
      promise_watch: (n, operation) => {
        const asked = this.#get(n);
        asked.operation = operation;
        this.#unfile(asked);
      },
      /** @param {number} n */
      promise_drop: (n) => this.#drop(this.#get(n)),
      /** @param {number} task */
      promise_left: (task) => {
        const [asked = this.#last] = this.#others.get(task) ?? [];
        if (asked?.task !== task) return 0;
        asked.left = true;
        return asked.number;
      },
      /** @param {number} n  @param {number} to  @param {number} size */
      promise_name: (n, to, size) => memory.putText(to, size, this.#get(n).name),
      /** @param {number} n  @param {number} out */
      outcome: (n, out) => this.#write(this.#get(n), out),
      /** @param {number} n  @param {number} to */
      outcome_copy: (n, to) => {
        const asked = this.#get(n), { bytes } = /** @type {Outcome} */ (asked.outcome);
        memory.set(to, /** @type {Uint8Array} */ (bytes));
        if (asked.failed) asked.taken = true;
        else this.#runtime.slots.take(n);
      },
      /** @param {number} n */
      drop: (n) => { this.#runtime.slots.take(n); },
    };
  }

  /** @param {number} n */
  #get(n) {
    return /** @type {Asked} */ (this.#runtime.slots.get(n));
  }

  /** It is not the last one any more, and nobody awaits it. @param {Asked} asked */
  #file(asked) {
    const others = this.#others.get(asked.task);
    if (others) others.add(asked);
    else this.#others.set(asked.task, new Set([asked]));
  }

  /** Its task need not know of it any more. @param {Asked} asked */
  #unfile(asked) {
    const { task } = asked, others = asked === this.#last ? undefined : this.#others.get(task);
    if (asked === this.#last) this.#last = undefined;
    if (others?.delete(asked) && !others.size) this.#others.delete(task);
    asked.task = 0;
  }

  /** C has all that it wants of it. @param {Asked} asked */
  #forget(asked) {
    this.#runtime.slots.take(asked.number);
    if (asked.task) this.#unfile(asked);
  }

  /** @param {Asked} asked */
  #drop(asked) {
    const { outcome, controller } = asked, { calls } = this.#runtime;
    this.#forget(asked);
    asked.outcome = DROPPED;
    if (outcome) this.#tell(asked, asked.error);
    else if (controller) this.#runtime.outside(() => controller.abort(calls.reason))();
  }

  /** Nobody took the error. @param {Asked} asked  @param {unknown} error */
  #tell({ left, failed, name }, error) {
    if (left && failed) this.#runtime.tell(`Promise exception was never retrieved\nimport: ${name}\n${text(error)}`);
  }

  /** @param {Asked} asked  @param {PromiseLike<unknown>} promise */
  #follow(asked, promise) {
    promise.then((value) => this.#end(asked, false, value), (error) => this.#end(asked, true, error));
  }

  /** @param {Asked} asked  @param {boolean} failed  @param {any} value */
  #end(asked, failed, value) {
    const { operation, outcome: before, controller } = asked;
    if (before) {
      asked.failed = before === DROPPED && failed && value !== controller?.signal.reason && !/^AbortError/.test(text(value));
      if (before === DROPPED) this.#tell(asked, value);
      return;
    }
    const { code, kind = NONE, number } = settle(asked, failed, value), { raw } = this.#runtime;
    if (!operation) return;
    const isGiven = !code && (kind === NONE || kind === F64);
    if (isGiven) this.#forget(asked);
    this.#runtime.poke(raw.bide__js_complete, operation, isGiven ? kind : OTHER, isGiven ? number : 0);
  }

  /** Fill in a struct outcome of outcome.c. @param {Asked} asked  @param {number} out */
  #write(asked, out) {
    const { memory } = this.#runtime;
    const { code = 0, kind = NONE, bytes, number } = /** @type {Outcome} */ (asked.outcome);
    memory.setUint32(out, code);
    memory.setUint32(out + 4, kind);
    memory.setUint32(out + 8, bytes?.length ?? 0);
    if (kind === F64) memory.setFloat64(out + 16, /** @type {number} */ (number));
    if (kind === I64) memory.setUint64(out + 16, /** @type {bigint} */ (number));
    if (!bytes) this.#forget(asked);
    else if (asked.task) this.#unfile(asked);
  }
}

/** @param {Asked} asked  @param {boolean} failed  @param {unknown} value  @returns {Outcome} */
function settle(asked, failed, value) {
  let outcome;
  try {
    outcome = failed ? failure(value) : conversion(value, asked.name);
    // The buffer is the user's. If nobody takes the bytes now, it may be another one when somebody does.
    if (outcome.bytes && !asked.operation) outcome.bytes = outcome.bytes.slice();
  } catch {
    outcome = errorOutcome('EJS', `${asked.name} gave what throws when it is looked at`);
  }
  asked.failed = failed;
  asked.error = value;
  return asked.outcome = outcome;
}

/** @param {any} error  @returns {Outcome} */
function failure(error) {
  if (isOurs(error)) return errorOutcome(error.code, error.message);
  const shown = error instanceof Error ? { name: String(error.name), message: String(error.message) } : undefined;
  return { ...errorOutcome('EJS', text(error)), shown };
}

/** @param {any} error  @returns {boolean} whether it has a code of C's */
function isOurs(error) {
  return error instanceof BideError && numberOf(error.code) !== 0;
}

/** @param {any} value  @param {string} name  of the import  @returns {Outcome} */
function conversion(value, name) {
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
