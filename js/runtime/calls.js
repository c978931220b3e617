// Calls of exported C functions from JavaScript. wasm/js/call.c is C's half of it; js/link/exported.js tells the way.

import { describe } from './describe.js';
import { BideError, numberOf } from './errors.js';
import { Functions } from './functions.js';
import { errorAt, Held } from './groups.js';
import { copyInto, dataOf } from './heap.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *
 *  @typedef {object} CFunction
 *  @property {string} name
 *  @property {string} types  a letter for each parameter, as exported.js writes them
 *  @property {(id: number, ...args: any[]) => number} keep  makes a task with these arguments, which the engine converts;
 *    returns where C keeps them, 0 without memory. That of a typed function takes the array of them
 *  @property {(id: number, a: number, b: number, c: number, d: number) => number} [keepNumbers]  the same for few numbers, of a function that takes nothing else
 *  @property {(args: readonly unknown[]) => unknown[]} [convert]  of a typed function (functions.js): checks and converts the arguments
 *  @property {(at: number) => unknown} [result]  of a typed function: of the value there
 *  @property {import('./functions.js').Typed} [typed]  keeps it alive while the call runs
 *  @property {(at: number) => void} [item]  of a generator: it has the item there */

/** @typedef {(args: readonly unknown[], signal?: AbortSignal) => any} Start
 *  @typedef {{ calls: Set<Call>, stop: () => void }} Watch  the calls that a signal cancels */

/** The module exports for each exported function NAME one of such a name, which keeps the arguments of a call. */
const KEEPER = /^call:(\w*):(.*)$/;

/** What C takes, by the letter of the type. @type {Record<string, string>} */
const TAKES = { i: 'a number, a string or a Uint8Array', j: 'a bigint', f: 'a number', d: 'a number' };
const CANCELED = /* @__PURE__ */ numberOf('ECANCELED');

/** A call that has not ended. */
export class Call {
  /** @type {(value: any) => void} */
  resolve;
  /** @type {(error: any) => void} */
  reject;
  /** What C knows it by, beside its number. */
  place = 0;
  /** Of its signal. @type {Watch | undefined} */
  watch;
  /** Addresses of the texts and bytes that it was given. @type {number[] | undefined} */
  copies;

  /** @param {CFunction} fn  @param {AbortSignal} [signal]  of this call alone */
  constructor(fn, signal) {
    this.fn = fn;
    this.signal = signal;
    /** @type {Promise<any>} */
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

export class Calls {
  /** The calls of exported and typed functions by name, in the order of their numbers. @type {Map<string, Start>} */
  functions = new Map();
  /** Those of them that are typed; define() makes it. @type {Functions} */
  typed;
  /** The call whose signal was aborted last, until it ends. @type {Call | undefined} */
  #aborted;
  /** By the signal: one listener serves all its calls, since Node warns of more than ten. @type {Map<AbortSignal, Watch>} */
  #watches = new Map();
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  /** @param {WebAssembly.Module} module  that has been instantiated */
  define(module) {
    for (const [key, keep] of Object.entries(this.#runtime.raw)) {
      const [, types, name] = KEEPER.exec(key) ?? [];
      if (name) this.#export({ name, types, keep });
    }
    this.typed = new Functions(this.#runtime);
    this.typed.define(module);
  }

  /** @param {CFunction} fn */
  #export(fn) {
    this.add(fn.name, (args, signal) => this.start(fn, args, signal));
  }

  /** @param {string} name  @param {Start} start  @param {(...args: any[]) => any} [direct]  does the same without a signal */
  add(name, start, direct = (...args) => start(args)) {
    this.functions.set(name, start);
    this.#runtime.exports[name] = direct;
  }

  /** app.call. @param {string} name  @param {readonly unknown[]} [args]  @param {{ signal?: AbortSignal | null } | null} [options] */
  call(name, args = [], options) {
    const start = this.functions.get(name), signal = options?.signal ?? undefined;
    if (!start) return Promise.reject(this.#runtime.shut ?? new TypeError(`the program exports no function ${name}`));
    if (!Array.isArray(args)) throw new TypeError('app.call: the arguments are no array');
    if (signal && typeof signal.throwIfAborted !== 'function') throw new TypeError('app.call: the signal is no AbortSignal');
    return start(args, signal);
  }

  /** @param {CFunction} fn  @param {readonly unknown[]} args  @param {AbortSignal} [signal]  @returns {Promise<any>} */
  start(fn, args, signal) {
    const call = new Call(fn, signal);
    try {
      const runtime = this.#runtime;
      if (runtime.shut) throw runtime.shut;
      runtime.signal?.throwIfAborted();
      signal?.throwIfAborted();
      if (fn.convert) this.begin(fn, fn.convert(args), call);
      else if (areNumbers(fn, args)) this.begin(fn, args, call);
      else this.#beginWithCopies(fn, args, call);
    } catch (error) {
      call.reject(error);
    }
    return call.promise;
  }

  /** Texts and bytes are copied into the program's memory, where they live until the call has ended.
   *  @param {CFunction} fn  @param {readonly unknown[]} args  @param {Call} call */
  #beginWithCopies(fn, args, call) {
    const { buffer } = this.#runtime.memory.memory;
    const given = args.map((arg, i) => dataFor(fn, arg, i, buffer));
    /** @type {number[]} */
    const copies = call.copies = [];
    try {
      this.begin(fn, args.map((arg, i) => {
        const data = given[i];
        if (data === undefined) return arg;
        copies.push(copyInto(this.#runtime, data, `${fn.name}: argument ${i + 1}`));
        return copies[copies.length - 1];
      }), call);
    } catch (error) {
      this.#freeCopies(call);
      throw error;
    }
  }

  /** @param {Call} call */
  #freeCopies({ copies }) {
    const { raw } = this.#runtime;
    for (const ptr of copies ?? []) this.#runtime.enter(raw.bide__js_free, ptr);
  }

  /** @param {CFunction} fn  @param {readonly unknown[]} args  @param {Call} call */
  begin(fn, args, call) {
    const { signal } = call, id = this.#runtime.slots.add(call);
    this.#begun(call, id, this.#keep(fn, args, id));
    if (signal) this.#watch(call, signal);
  }

  /** @param {Call} call  @param {number} id  @param {number} place  0: there was no memory */
  #begun(call, id, place) {
    const { slots, driver } = this.#runtime;
    if (!place) {
      slots.take(id);
      throw new BideError('ENOMEM', `no memory for a task to call ${call.fn.name}`);
    }
    call.place = place;
    driver.kick();
  }

  /** start() with few numbers, where no signal says otherwise.
   *  @param {CFunction} fn  @param {number} a  @param {number} b  @param {number} c  @param {number} d  @returns {Promise<any>} */
  startNumbers(fn, a, b, c, d) {
    const call = new Call(fn), id = this.#runtime.slots.add(call);
    try {
      this.#begun(call, id, id && /** @type {Required<CFunction>} */ (fn).keepNumbers(id, a, b, c, d));
    } catch (error) {
      call.reject(error);
    }
    return call.promise;
  }

  /** @param {CFunction} fn  @param {readonly unknown[]} args  @param {number} id */
  #keep(fn, args, id) {
    const { keep, convert } = fn, runtime = this.#runtime;
    try {
      runtime.depth++;
      if (convert) return id && keep(id, args);
      return id && (args.length > 4 ? keep(id, ...args) : keep(id, args[0], args[1], args[2], args[3]));
    } catch (error) {
      // Before C runs, the engine refuses a number for an int64, and a bigint for anything else.
      if (!(error instanceof TypeError)) runtime.broken(error);
      runtime.slots.take(id);
      if (runtime.ended) throw runtime.ended;
      throw new TypeError(wrongNumber(fn, args), { cause: error });
    } finally {
      runtime.depth--;
    }
  }

  /** @param {Call} call */
  #cancel(call) {
    this.#aborted = call;
    this.#runtime.poke(this.#runtime.raw.bide__js_cancel, call.place);
  }

  /** Why something is cancelled now, if JavaScript wanted it. */
  get reason() {
    return (this.#aborted?.signal ?? this.#runtime.signal)?.reason;
  }

  /** Remove a call that ends, and return it. @param {number} id */
  #take(id) {
    const call = /** @type {Call} */ (this.#runtime.slots.take(id));
    if (call.watch) this.#unwatch(call);
    if (call.copies) this.#freeCopies(call);
    return call;
  }

  /** @param {Call} call  @param {AbortSignal} signal */
  #watch(call, signal) {
    call.watch = this.#watches.get(signal) ?? this.#listen(signal);
    call.watch.calls.add(call);
  }

  /** @param {AbortSignal} signal  @returns {Watch} */
  #listen(signal) {
    /** @type {Set<Call>} */
    const calls = new Set(), watches = this.#watches;
    const abort = () => [...calls].forEach((call) => calls.has(call) && this.#cancel(call));
    const watch = { calls, stop: () => (signal.removeEventListener('abort', abort), watches.delete(signal)) };
    signal.addEventListener('abort', abort);
    watches.set(signal, watch);
    return watch;
  }

  /** @param {Call} call */
  #unwatch(call) {
    if (this.#aborted === call) this.#aborted = undefined;
    const { calls, stop } = /** @type {Watch} */ (call.watch);
    calls.delete(call);
    if (!calls.size) stop();
  }

  /** @returns {Call[]} */
  #open() {
    return /** @type {Call[]} */ (this.#runtime.slots.values().filter((one) => one instanceof Call));
  }

  /** @param {unknown} error */
  rejectAll(error) {
    for (const call of this.#open()) {
      call.reject(error);
      if (call.watch) this.#unwatch(call);
    }
  }

  /** The app's signal has been aborted: cancel every call, and the tasks that calls have left. */
  cancelAll() {
    for (const call of this.#open()) this.#runtime.poke(this.#runtime.raw.bide__js_cancel, call.place);
    this.#runtime.poke(this.#runtime.raw.bide__js_cancel_left);
  }

  /** The functions that call.c imports. */
  imports() {
    const { memory } = this.#runtime;
    const succeeded = (/** @type {number} */ id, /** @type {unknown} */ value) => this.#take(id).resolve(value);
    return {
      /** @param {number} number  of an exported function; that of a callback is none  @param {number} to  @param {number} size */
      call_name: (number, to, size) => memory.putText(to, size, [...this.functions.keys()][number] ?? 'callback'),
      call_number: succeeded,
      call_bigint: succeeded,
      call_nothing: succeeded,
      function_item: (/** @type {number} */ id, /** @type {number} */ at) => /** @type {Call} */ (this.#runtime.slots.get(id)).fn.item?.(at),
      function_value: (/** @type {number} */ id, /** @type {number} */ at) => this.#give(this.#take(id), at),
      calls_end: () => this.rejectAll(this.#runEnded()),
      /** @param {number} id  @param {number} code  @param {number} message  @param {number} jsError  @param {number} left */
      call_failed: (id, code, message, jsError, left) => this.#fail(this.#take(id), code, message, jsError, left),
    };
  }

  /** @param {Call} call  of a typed function  @param {number} at  its value */
  #give({ fn, resolve, reject }, at) {
    try {
      resolve(fn.result?.(at));
    } catch (error) {
      reject(error);
    }
  }

  /** @param {Call} call  @param {number} code  @param {number} message  @param {number} jsError  @param {number} left  a run call has ended it */
  #fail(call, code, message, jsError, left) {
    const { memory, slots, signal } = this.#runtime, held = slots.get(jsError), met = held instanceof Held ? held : undefined;
    const error = met && call.fn.convert ? met.value : errorAt(this.#runtime, code, message, met);
    const aborted = code === CANCELED && [call.signal, signal].find((one) => one?.aborted);
    if (aborted) call.reject(aborted.reason);
    else call.reject(left ? this.#runEnded() : error);
  }

  /** What a call rejects with that was in flight when the app was closed, when main returned, or when a run call of main's ended. */
  #runEnded() {
    return new BideError('ECANCELED', this.#runtime.shut?.message ?? 'the program\'s run has ended');
  }
}

/** Whether no argument has to be copied. Throws if there are too few or too many.
 *  @param {CFunction} fn  @param {readonly unknown[]} args */
function areNumbers({ name, types }, args) {
  if (args.length !== types.length) throw new TypeError(`${name} takes ${types.length} argument${types.length === 1 ? '' : 's'}, not ${args.length}`);
  for (let i = 0; i < args.length; i++) {
    const type = typeof args[i];
    if (type !== 'number' && type !== 'bigint' && type !== 'boolean') return false;
  }
  return true;
}

/** The text or bytes of an argument, where C takes an address; undefined: it is a number.
 *  @param {CFunction} fn  @param {unknown} arg  @param {number} i  @param {ArrayBuffer} memory  which the copies may detach */
function dataFor(fn, arg, i, memory) {
  if (/number|bigint|boolean/.test(typeof arg)) return undefined;
  try {
    const data = fn.types[i] === 'i' ? dataOf(arg) : undefined;
    if (typeof data === 'object') return data.buffer === memory ? data.slice() : data;
    if (data !== undefined) return data;
  } catch (cause) {
    throw new TypeError(wrong(fn, i, 'a Uint8Array whose buffer is detached'), { cause });
  }
  throw new TypeError(wrong(fn, i, describe(arg)));
}

/** Of numbers and bigints. @param {CFunction} fn  @param {readonly unknown[]} args */
function wrongNumber(fn, args) {
  const i = args.findIndex((arg, at) => typeof arg === (fn.types[at] === 'j' ? 'number' : 'bigint'));
  return wrong(fn, i, describe(args[i]));
}

/** @param {CFunction} fn  @param {number} i  @param {string} what */
const wrong = ({ name, types }, i, what) => `${name}: argument ${i + 1} is ${what}; C takes ${TAKES[types[i]]}`;
