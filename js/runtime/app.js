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
    return this.#runtime.calls.startByName(name, args, signal);
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
