// What load() resolves with.

/** @typedef {import('./runtime.js').Runtime} Runtime */

export class App {
  #runtime;
  /** The functions marked BIDE_EXPORT. @type {Record<string, (...args: (number | bigint | boolean)[]) => Promise<any>>} */
  exports = {};

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  /** @param {string} name  @param {readonly (number | bigint | boolean)[]} [args]  @param {{ signal?: AbortSignal }} [options] */
  call(name, args = [], { signal } = {}) {
    const { calls, ended } = this.#runtime, fn = calls.functions.get(name);
    return fn ? calls.start(fn, args, signal) : Promise.reject(ended ?? new TypeError(`the program exports no function ${name}`));
  }

  run() {
    return this.#runtime.run();
  }

  interrupt() {
    return this.#runtime.interrupt();
  }

  get memory() {
    return this.#runtime.memory.memory;
  }

  get instance() {
    return this.#runtime.instance;
  }

  /** @param {number} ptr  @param {number} [size] */
  text(ptr, size) {
    return this.#runtime.memory.text(ptr, size);
  }
}
