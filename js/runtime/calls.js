// Calls of exported C functions from JavaScript. wasm/js/call.c is C's half of it.

import { BideError, errorFromC } from './errors.js';
import { encode } from './memory.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *
 *  @typedef {object} CFunction
 *  @property {string} name
 *  @property {Uint8Array} bytes  the name, as C takes it
 *  @property {Function} raw  the export itself
 *
 *  @typedef {object} Call
 *  @property {CFunction} fn
 *  @property {(number | bigint)[]} args
 *  @property {unknown} [value]  what the function returned last
 *  @property {boolean} started  the function has been called
 *  @property {unknown} [mistake]  the engine's refusal of the arguments
 *  @property {AbortSignal} [signal]  of this call alone
 *  @property {() => void} cancel
 *  @property {(value: unknown) => void} resolve
 *  @property {(error: unknown) => void} reject */

export class Calls {
  /** The exported functions by name. @type {Map<string, CFunction>} */
  functions = new Map();
  /** The calls that have not ended, by number. @type {Map<number, Call>} */
  #open = new Map();
  #last = 0;
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  /** @param {Record<string, any>} raw  all exports of the module. Nobody calls the runtime's own or the linker's. */
  define(raw) {
    for (const [name, value] of Object.entries(raw)) {
      if (typeof value !== 'function' || /^(bide__|_(initialize|start)$)/.test(name)) continue;
      this.functions.set(name, { name, bytes: encode(`${name}\0`), raw: value });
    }
  }

  /** @param {string} name  @param {readonly unknown[]} args  @param {AbortSignal} [signal]  @returns {Promise<any>} */
  async start(name, args, signal) {
    const runtime = this.#runtime;
    if (runtime.ended) throw runtime.ended;
    runtime.signal?.throwIfAborted();
    signal?.throwIfAborted();
    const fn = this.functions.get(name);
    if (!fn) throw new TypeError(`the program exports no function ${name}`);
    const call = { fn, args: convert(fn, args), started: false, signal };
    return new Promise((resolve, reject) => this.#begin({ ...call, cancel() {}, resolve, reject }));
  }

  /** @param {Call} call */
  #begin(call) {
    const runtime = this.#runtime;
    const id = this.#last = (this.#last + 1) | 0;
    this.#open.set(id, call);
    const task = runtime.enter('bide__js_call', id);
    if (runtime.ended) return;       // rejectAll() has rejected the call
    if (!task) return this.#take(id).reject(new BideError('ENOMEM', `no memory for a task to call ${call.fn.name}`));
    call.cancel = () => runtime.poke('bide__js_cancel', task);
    call.signal?.addEventListener('abort', call.cancel);
    runtime.driver.kick();
  }

  /** Remove a call that ends, and return it. @param {number} id */
  #take(id) {
    const call = this.#get(id);
    this.#open.delete(id);
    call.signal?.removeEventListener('abort', call.cancel);
    return call;
  }

  /** @param {unknown} error */
  rejectAll(error) {
    for (const id of [...this.#open.keys()]) this.#take(id).reject(error);
  }

  /** The app's signal has been aborted: cancel every call. */
  cancelAll() {
    for (const call of [...this.#open.values()]) call.cancel();
  }

  /** The functions that call.c imports. */
  imports() {
    const { memory } = this.#runtime;
    return {
      /** @param {number} id  @param {number} to  @param {number} size */
      call_name: (id, to, size) => {
        const text = memory.slice(to, size);
        text.set(this.#get(id).fn.bytes.subarray(0, size));
        text[size - 1] = 0;
      },
      /** @param {number} id */
      call_invoke: (id) => this.#invoke(this.#get(id)),
      /** @param {number} id  @param {number} code  @param {number} message  @param {number} jsError */
      call_ended: (id, code, message, jsError) => this.#settle(this.#take(id), code, message, jsError),
    };
  }

  /** @param {Call} call  @param {number} code  0: success  @param {number} message  @param {number} jsError */
  #settle(call, code, message, jsError) {
    const { memory, promises, signal } = this.#runtime;
    if (call.mistake) return call.reject(call.mistake);
    if (!code) return call.resolve(call.value);
    const error = errorFromC(code, memory.text(message), promises.error(jsError));
    const aborted = [call.signal, signal].find((one) => one?.aborted);
    call.reject(error.code === 'ECANCELED' && aborted ? aborted.reason : error);
  }

  /** @param {number} id */
  #get(id) {
    return /** @type {Call} */ (this.#open.get(id));
  }

  /** Call the C function: to start it, or to resume it. A resumed function ignores its arguments.
   *  A function that suspends returns a value that means nothing. The next call overwrites that value.
   *  @param {Call} call */
  #invoke(call) {
    const importsCalled = this.#runtime.importsCalled;
    try {
      call.value = call.fn.raw(...call.args);
    } catch (error) {
      // Before C runs, the engine refuses a number for an int64, and a bigint for anything else.
      const refused = error instanceof TypeError && !call.started && importsCalled === this.#runtime.importsCalled;
      if (!refused) throw error;
      call.mistake = new TypeError(`${call.fn.name}: an int64 is passed as a bigint, all else as a number`, { cause: error });
    }
    call.started = true;
    return typeof call.value === 'number' ? call.value : 0;
  }
}

/** The arguments as C takes them. Resuming the function passes them again.
 *  @param {CFunction} fn  @param {readonly unknown[]} args  @returns {(number | bigint)[]} */
function convert({ name, raw }, args) {
  if (args.length !== raw.length) throw new TypeError(`${name} takes ${raw.length} arguments, not ${args.length}`);
  return args.map((arg, i) => {
    if (typeof arg === 'number' || typeof arg === 'bigint') return arg;
    if (typeof arg === 'boolean') return Number(arg);
    throw new TypeError(`${name}: argument ${i + 1} is ${arg === null ? 'null' : `a ${typeof arg}`}; C takes numbers and bigints`);
  });
}
