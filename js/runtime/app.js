// What load() resolves with.

import { Heap } from './heap.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *  @typedef {import('../index.d.ts').Argument} Argument */

export class App extends Heap {
  #runtime;
  /** The functions marked BIDE_EXPORT, and the typed ones. @type {Record<string, (...args: any[]) => any>} */
  exports;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    super(runtime);
    this.#runtime = runtime;
    this.exports = runtime.exports;
  }

  /** @param {string} name  @param {readonly Argument[]} [args]  @param {{ signal?: AbortSignal }} [options] */
  call(name, args, options) {
    return this.#runtime.calls.call(name, args, options);
  }

  run() {
    return this.#runtime.run();
  }

  interrupt() {
    return this.#runtime.interrupt();
  }

  close() {
    return this.#runtime.close();
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
