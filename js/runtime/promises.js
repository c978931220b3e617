// Promises that imports return to C, which knows each by a number. wasm/js/promise.c and outcome.c are C's half of it.
//
//   pending -> settled   #settle, when the promise settles; wrap, for a plain value or a throw
//   pending -> dropped   #drop, when C cancels the wait or gives up the promise; it aborts the signal
//   settled -> dropped   #drop, when C gives it up; outcome, when C has taken it

import { numberOf } from './errors.js';
import { crossing, F64, Failure, failureOf, isOurs, NONE, text } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** What C has to take: neither NONE nor F64. */
const OTHER = -1;
/** Values of promise_state in promise.c. */
const UNKNOWN = 0, PENDING = 1, SETTLED = 2;

export class Asked {
  /** C's number for it. */
  number = 0;
  /** What C wants completed when the promise settles; 0: nothing. */
  operation = 0;
  settled = false;
  dropped = false;
  /** What it has settled with, as put() of values.js takes it. @type {unknown} */
  outcome;
  failed = false;
  /** What it failed with. @type {unknown} */
  error;
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
    const { length } = fn;
    return (task, ...args) => this.ask(task, name, (asked) => (length > args.length ? fn(...args, (asked.controller = new AbortController()).signal) : fn(...args)));
  }

  /** @param {number} task  that asks; 0: none  @param {string} name  of what it asks for  @param {(asked: Asked) => any} give  a promise or another value
   *  @returns {number} of the promise; 0: there are too many */
  ask(task, name, give) {
    const runtime = this.#runtime, asked = new Asked(name, task);
    try {
      const value = give(asked);
      if (typeof value?.then === 'function') this.#follow(asked, value);
      else settle(asked, false, value);
    } catch (error) {
      if (!asked.settled) settle(asked, true, error);       // else by a thenable, which throws too late
    }
    if (runtime.ended) throw runtime.ended;
    if (this.#last?.task) this.#file(this.#last);
    this.#last = asked;
    return asked.number = runtime.slots.add(asked);
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
        if (!runtime.ended) return runtime.enter(threw, asked.number = runtime.slots.add(asked));
      }
      throw runtime.ended;
    };
  }

  /** @returns {Asked[]} */
  #all() {
    return /** @type {Asked[]} */ (this.#runtime.slots.values().filter((one) => one instanceof Asked));
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
    return this.#all().filter((asked) => !asked.settled).map((asked) => asked.name);
  }

  /** The functions that promise.c and outcome.c import. */
  imports() {
    const { memory } = this.#runtime;
    return {
      /** @param {number} n */
      promise_state: (n) => {
        const asked = this.#runtime.slots.get(n);
        return !(asked instanceof Asked) || asked.operation ? UNKNOWN : asked.settled ? SETTLED : PENDING;
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
      outcome: (n, out) => {
        const asked = this.#get(n);
        this.#forget(asked);
        return Number(this.#runtime.values.put(out, asked.outcome));
      },
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
    const { settled, controller } = asked, { calls } = this.#runtime;
    this.#forget(asked);
    asked.dropped = true;
    if (settled) this.#tell(asked, asked.error);
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
    const { controller } = asked;
    if (asked.dropped) {
      asked.failed = failed && value !== controller?.signal.reason && !/^AbortError/.test(text(value));
      this.#tell(asked, value);
    }
    if (asked.dropped || asked.settled) return;
    settle(asked, failed, value);
    if (asked.operation) this.#complete(asked);
  }

  /** C waits for it. A number or nothing is given with the call. @param {Asked} asked */
  #complete(asked) {
    const { raw } = this.#runtime, { operation, outcome } = asked, isNumber = typeof outcome === 'number';
    const isGiven = isNumber || outcome === undefined || outcome === null;
    if (isGiven) this.#forget(asked);
    this.#runtime.poke(raw.bide__js_complete, operation, isGiven ? (isNumber ? F64 : NONE) : OTHER, isNumber ? outcome : 0);
  }
}

/** @param {Asked} asked  @param {boolean} failed  @param {unknown} value */
function settle(asked, failed, value) {
  let outcome;
  try {
    outcome = failed ? failureOf(value) : crossing(value, asked.name);
    // The buffer is the user's. If nobody takes the bytes now, it may be another one when somebody does.
    if (ArrayBuffer.isView(outcome) && !asked.operation) outcome = /** @type {Uint8Array} */ (outcome).slice();
  } catch {
    outcome = new Failure('EJS', `${asked.name} gave what throws when it is looked at`);
  }
  asked.settled = true;
  asked.failed = failed;
  asked.error = value;
  asked.outcome = outcome;
}
