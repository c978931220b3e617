// Calls of exported C functions from JavaScript; wasm/js/call.c is the other side.

import { BideError, errorFromC } from './errors.js';
import { encode } from './memory.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *  @typedef {{ name: string, bytes: Uint8Array, raw: Function }} CFunction  bytes: its name, as C takes it
 *  @typedef {{ fn: CFunction, args: (number | bigint)[], value?: unknown, started: boolean, mistake?: unknown, signal?: AbortSignal,
 *    cancel: () => void, resolve: (value: unknown) => void, reject: (error: unknown) => void }} Call */

export class Calls {
  /** What can be called. @type {Map<string, CFunction>} */
  functions = new Map();
  /** @type {Map<number, Call>} */
  #open = new Map();
  #last = 0;
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  /** @param {Record<string, any>} raw  all exports of the module; ours and the linker's are not for calling */
  define(raw) {
    const names = Object.keys(raw).filter((name) => typeof raw[name] === 'function' && !/^(bide__|_(initialize|start)$)/.test(name));
    for (const name of names) this.functions.set(name, { name, bytes: encode(`${name}\0`), raw: raw[name] });
  }

  /** @param {string} name  @param {unknown[]} args  @param {AbortSignal} [signal]  @returns {Promise<any>} */
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
    if (runtime.ended) return;       // it was told
    if (!task) return this.#take(id).reject(new BideError('ENOMEM', `no memory for a task to call ${call.fn.name}`));
    call.cancel = () => {
      runtime.enter('bide__js_cancel', task);
      runtime.driver.kick();
    };
    call.signal?.addEventListener('abort', call.cancel);
    runtime.driver.kick();
  }

  /** The call, which has ended. @param {number} id */
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

  /** The app's signal has been aborted. */
  cancelAll() {
    for (const call of [...this.#open.values()]) call.cancel();
  }

  /** The names that call.c imports. */
  imports() {
    const { memory } = this.#runtime;
    return {
      /** @param {number} id  @param {number} to  @param {number} size */
      call_name: (id, to, size) => {
        memory.bytes.set(this.#get(id).fn.bytes.subarray(0, size), to);
        memory.bytes[to + size - 1] = 0;
      },
      /** @param {number} id */
      call_invoke: (id) => this.#invoke(this.#get(id)),
      /** @param {number} id  @param {number} code  @param {number} message  @param {number} jsError */
      call_ended: (id, code, message, jsError) => {
        const call = this.#take(id);
        if (call.mistake) return call.reject(call.mistake);
        if (!code) return call.resolve(call.value);
        const error = errorFromC(code, memory.text(message), this.#runtime.promises.error(jsError));
        const aborted = [call.signal, this.#runtime.signal].find((signal) => signal?.aborted);
        call.reject(error.code === 'ECANCELED' && aborted ? aborted.reason : error);
      },
    };
  }

  /** @param {number} id */
  #get(id) {
    return /** @type {Call} */ (this.#open.get(id));
  }

  /** Enter the C function, or go on with it: then it takes the same arguments and ignores them.
   *  What it returns while it is being suspended is overwritten when it returns in earnest.
   *  @param {Call} call */
  #invoke(call) {
    const importsCalled = this.#runtime.importsCalled;
    try {
      call.value = call.fn.raw(...call.args);
    } catch (error) {
      // A number for an int64, or the reverse: the engine refuses before C runs.
      const refused = error instanceof TypeError && !call.started && importsCalled === this.#runtime.importsCalled;
      if (!refused) throw error;
      call.mistake = new TypeError(`${call.fn.name}: an int64 is passed as a bigint, all else as a number`, { cause: error });
    }
    call.started = true;
    return typeof call.value === 'number' ? call.value : 0;
  }
}

/** Arguments as C takes them, once: a resumption passes them again.
 *  @param {CFunction} fn  @param {unknown[]} args  @returns {(number | bigint)[]} */
function convert({ name, raw }, args) {
  if (args.length !== raw.length) throw new TypeError(`${name} takes ${raw.length} arguments, not ${args.length}`);
  return args.map((arg, i) => {
    if (typeof arg === 'number' || typeof arg === 'bigint') return arg;
    if (typeof arg === 'boolean') return Number(arg);
    throw new TypeError(`${name}: argument ${i + 1} is ${arg === null ? 'null' : `a ${typeof arg}`}; C takes numbers and bigints`);
  });
}
