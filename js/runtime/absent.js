// What `bide build` puts in the place of parts of the runtime that a program has no use for (js/cli/bundle.js).

import { AppFiles as Files } from './app_files.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** For app_files.js, in programs that open no files. */
export class AppFiles {}

/** For files.js, in the same programs. */
export function findFiles() {}

/** For calls.js, in programs that export no function. */
export class Calls {
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  define() {}

  /** @param {string} name */
  call(name) {
    return Promise.reject(this.#runtime.shut ?? new TypeError(`the program exports no function ${name}`));
  }

  /** Why something is cancelled now, if JavaScript wanted it. */
  get reason() {
    return this.#runtime.signal?.reason;
  }

  rejectAll() {}

  cancelAll() {}

  imports() {
    return {};
  }
}

/** For heap.js, in programs that give JavaScript no function and take none. */
export class Heap extends Files {}

/** For promises.js, in programs whose imports return no promise and no int. */
export class Promises {
  close() {}

  /** @returns {string[]} */
  pending() {
    return [];
  }

  imports() {
    return {};
  }
}

/** For generators.js, in programs that have none. */
export function asyncGenerators() {}
export { asyncGenerators as plainGenerators };

/** For callbacks.js, in programs that give JavaScript no function of theirs. */
export function callbackImports() {}

/** For iterators.js, in programs that loop over nothing of JavaScript's. */
export function iteratorImports() {}

/** For signals.js, in programs whose tasks ask for none. */
export function signalImports() {}

/** For js_values.js, in programs that ask nothing of values of JavaScript. */
export function valueImports() {}

/** For bodies.js, in programs that have no body of JavaScript. */
export function bodyWrapper() {}

/** For slots.js, where both are absent, and for values.js. The core has no value of JavaScript then. */
export class Slots {
  define() {}
}
export { Slots as Functions, Slots as Values };

/** For input.js, in programs that read no stdin. @returns {import('./input.js').Input} */
export function inputFrom() {
  return { tty: false, ready: () => true, read: () => new Uint8Array(), watch() {} };
}

/** For node/files.js, in programs that open no files. */
export const openFiles = undefined;

/** For node/input.js, in the same programs. @param {unknown} _fs  @param {boolean} tty */
export function processInput(_fs, tty) {
  return { ...inputFrom(), tty };
}
