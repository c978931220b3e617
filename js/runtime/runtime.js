// One instance of a program: all that is between app.js, which people see, and wasm.
//
// JavaScript enters wasm through enter() alone, so every trap and exit is noticed there. Wasm calls a user's function
// through a wrapper of js/link/imported.js or through outside(), so C knows that a JavaScript frame is on the stack, and
// that it can't be suspended.

import { bodyWrapper } from './bodies.js';
import { callbackImports } from './callbacks.js';
import { Calls } from './calls.js';
import { Driver } from './driver.js';
import { BideError, Exit } from './errors.js';
import { makeDescriptors } from './descriptors.js';
import { checkModule, makeImports } from './imports.js';
import { iteratorImports } from './iterators.js';
import { Memory } from './memory.js';
import { Promises } from './promises.js';
import { signalImports } from './signals.js';
import { Slots } from './slots.js';
import { Streams } from './streams.js';
import { trap } from './trap.js';
import { valueImports } from './js_values.js';
import { Values } from './values.js';
import { wasiFunctions } from './wasi.js';

/** @typedef {import('./platform.js').Platform} Platform
 *  @typedef {import('./platform.js').Files} Files
 *  @typedef {import('../index.d.ts').LoadOptions & { exitOnDeadlock?: boolean, packed?: Record<string, any> }} Options
 *    exitOnDeadlock: nobody will call an export, so the program is over when main waits and nothing can happen; packed: the files of `bide build --files` */

/** The bits of flags(), as in wasm/js/host_js.c. */
const VIRTUAL_TIME = 1, MAY_BE_CALLED = 2;

const settled = /* @__PURE__ */ Promise.resolve();

export class Runtime {
  memory = new Memory();
  calls = new Calls(this);
  promises = new Promises(this);
  values = new Values(this);
  driver;
  /** Of the app. A program may have a function of any name, so it inherits none. Made so, its functions are found fast.
   *  @type {Record<string, (...args: any[]) => any>} */
  exports = Object.setPrototypeOf({}, null);
  /** What C knows by a number. @type {Slots<import('./calls.js').Call | import('./promises.js').Asked | import('./groups.js').Held>} */
  slots = new Slots();
  /** Wasm can't be entered any more, because of this. @type {BideError | undefined} */
  ended;
  /** What new calls reject with: the app is being closed, or has ended. @type {BideError | undefined} */
  shut;
  /** start() makes it. @type {WebAssembly.Instance} */
  instance;
  /** What the instance exports. @type {Record<string, any>} */
  raw = {};
  /** How many calls into wasm are on the JavaScript stack. */
  depth = 0;
  /** Where its files come from; undefined: the program opens none. @type {import('./files.js').Source | undefined} */
  files;

  #options;
  #platform;
  #streams = new Streams();
  /** A turn was not taken, because too much was undelivered. */
  #held = false;
  /** Those that it can open. @type {Files | undefined} */
  #open;
  /** They settle the promise of run(), once it has started main. @type {{ resolve(code: number): void, reject(error: unknown): void } | undefined} */
  #main;
  /** What proc_exit was given; undefined: the program has not ended so. @type {number | undefined} */
  #code;
  /** What close() gave. @type {Promise<void> | undefined} */
  #closing;
  /** It settles that. @type {(() => void) | undefined} */
  #closed;
  /** They undo what the app has done to the host. @type {(() => void)[]} */
  #undo = [];

  /** @param {Options} options  @param {Platform} platform  @param {import('./files.js').Source} [files] */
  constructor(options, platform, files) {
    this.#options = options;
    this.files = files;
    this.#platform = platform;
    this.driver = new Driver((end) => this.#wake(end), options.slice ?? 8);
  }

  /** Make the instance, and run the program's constructors.
   *  @param {WebAssembly.Module} module  @param {Record<string, Function>} user  the imports that load() was given */
  async start(module, user) {
    try {
      await this.#instantiate(module, user);
    } catch (error) {
      this.#end(error);
      throw error;
    }
    if (this.ended?.code === 'TRAP') throw this.ended;
    if (this.ended) return;
    const abort = () => {
      this.interrupt();
      this.calls.cancelAll();
    };
    this.signal?.addEventListener('abort', abort);
    this.#undo.push(() => this.signal?.removeEventListener('abort', abort));
  }

  /** @param {WebAssembly.Module} module  @param {Record<string, Function>} user */
  async #instantiate(module, user) {
    checkModule(module);
    this.#streams.open(this.#options, this.#platform, {
      delivered: () => this.#delivered(),
      failed: (error) => this.#fail(error),
    });
    this.#open = await this.files?.open(module, this.memory);
    this.instance = await WebAssembly.instantiate(module, this.#importsFor(module, user));
    this.raw = this.instance.exports;
    const { memory } = this.raw;
    this.memory.memory = memory;
    this.#open?.use(memory);
    this.calls.define(module);
    this.enter(this.raw._initialize);
  }

  /** Its abort cancels the main task and every call. */
  get signal() {
    return this.#options.signal;
  }

  /** Too much is undelivered: no task has a turn. */
  get full() {
    return this.#streams.full;
  }

  /** What the module is instantiated with.
   *  @param {WebAssembly.Module} module  @param {Record<string, Function>} user */
  #importsFor(module, user) {
    const { args = ['app'], env = {} } = this.#options, { stdin, outputs } = this.#streams, files = this.#open?.functions ?? {};
    const functions = wasiFunctions(this.memory, { args, env, pause: this.#platform.pause });
    const descriptors = makeDescriptors(this.memory, [stdin, ...outputs.map((output) => this.#printing(output))], files);
    return makeImports(module, {
      bide: { ...this.#hostImports(() => !descriptors.is(0, stdin) || stdin.ready()), ...this.calls.imports(), ...this.promises.imports(), ...valueImports(this, user), ...callbackImports(this), ...iteratorImports(this), ...signalImports(this) },
      wasi: (name) => functions[name] ?? (name.startsWith('fd_') ? descriptors.wasi(name) : files[name]),
      user,
      wrap: (fn) => (/** @type {unknown[]} */ ...args) => {
        const value = fn(...args);
        if (this.ended) throw this.ended;      // something that `fn` called has ended the app
        return value;
      },
      wrapInt: (fn, name) => this.promises.wrapInt(fn, name),
      wrapPromise: (fn, name) => this.promises.wrap(fn, name),
      wrapBody: bodyWrapper(this, module),
    });
  }

  /** The functions that host_js.c and stdin_js.c import. @param {() => boolean} stdinReady */
  #hostImports(stdinReady) {
    const { env = {}, exitOnDeadlock } = this.#options;
    const flags = (env.BIDE_VIRTUAL_TIME === '1' ? VIRTUAL_TIME : 0) | (exitOnDeadlock ? 0 : MAY_BE_CALLED);
    const clock = performance;   // C often asks for the time, and looking up a global takes time
    return {
      now: () => clock.now() / 1e3,
      wake: () => this.driver.kick(),
      flags: () => flags,
      drop: (/** @type {number} */ number) => { this.slots.take(number); },
      stdin_ready: stdinReady,
      watch_stdin: (/** @type {number} */ on) => this.#streams.stdin.watch(Boolean(on), () => this.driver.kick()),
    };
  }

  // ------------------------------------------------------------ in and out

  /** Call an export of wasm, if it is there. A trap or an exit ends the app. Then enter() returns undefined; but if
   *  C's frames are below this call, it throws again, so that they are left too.
   *  @param {Function | undefined} fn  @param {number} [a]  @param {number} [b]  @param {number | bigint} [c]  @returns {any} */
  enter(fn, a, b, c) {
    if (this.ended || !fn) return undefined;
    try {
      this.depth++;
      return fn(a, b, c);
    } catch (error) {
      this.broken(error);
    } finally {
      this.depth--;
    }
  }

  /** C's frames above the last call into wasm were left by a trap, an exit, or what an import threw. @param {unknown} error */
  broken(error) {
    this.#end(error);
    if (this.depth > 1) throw error;
  }

  /** Call an export after which C's loops have something to do.
   *  @param {Function | undefined} fn  @param {number} [a]  @param {number} [b]  @param {number | bigint} [c]  @returns {any} */
  poke(fn, a, b, c) {
    const value = this.enter(fn, a, b, c);
    this.driver.kick();
    return value;
  }

  /** Wrap `fn` so that C can call it. While it runs, no C function that it calls can be suspended.
   *  Without a core nothing is suspended.
   *  @param {Function} fn  @returns {(...args: any[]) => any} */
  outside(fn) {
    return (...args) => {
      const { raw, ended } = this;
      const caller = raw.bide__js_leave?.();
      try {
        return fn(...args);
      } finally {
        raw.bide__js_back?.(caller);
        if (this.ended !== ended) throw this.ended;   // something that `fn` called has ended the app
      }
    };
  }

  // ------------------------------------------------------------ output

  /** Write a line to the program's stderr. @param {string} line */
  tell(line) {
    this.#streams.tell(line);
  }

  /** The output as C writes to it: it ends the slice when too much is undelivered.
   *  @param {import('./output.js').Output} output */
  #printing(output) {
    const write = this.outside((/** @type {Uint8Array} */ bytes) => {
      const errno = output.write(bytes);
      if (this.full) this.raw.bide__js_pause?.();
      return errno;
    });
    return { ...output, write };
  }

  /** @param {number} end  of the slice, on the clock  @returns {number} in how many ms C wants to be called again */
  #wake(end) {
    this.#held = this.full;
    return (this.#held ? undefined : this.enter(this.raw.bide__js_wake, end / 1e3)) ?? Infinity;
  }

  #delivered() {
    if (!this.ended) {
      if (this.#held && !this.full) this.driver.kick();
    } else if (!this.#streams.undelivered) this.#settle();
  }

  // ------------------------------------------------------------ main

  /** @returns {Promise<number>} the exit code */
  async run() {
    if (this.shut) throw this.shut;
    this.signal?.throwIfAborted();
    if (this.#main) throw new BideError('ESTATE', 'main has been run before');
    if (!this.raw.bide__js_start) throw new BideError('ETYPE', 'the program has no main function');
    return new Promise((resolve, reject) => {
      this.#main = { resolve, reject };
      const undo = this.#options.exitOnDeadlock && this.#platform.whenIdle?.(() => this.#stuck());
      if (undo) this.#undo.push(undo);
      if (this.depth) settled.then(() => this.poke(this.raw.bide__js_start));      // C is on the stack, perhaps of a small task
      else this.poke(this.raw.bide__js_start);
    });
  }

  /** What Ctrl-C does. @returns {boolean} whether a run call of C took it */
  interrupt() {
    return Boolean(this.poke(this.raw.bide__js_interrupt));
  }

  /** The event loop is empty, and main still waits. */
  #stuck() {
    for (const name of this.promises.pending()) this.tell(`bide: the promise of ${name}() never settles`);
    this.poke(this.raw.bide__js_stuck);
  }

  // ------------------------------------------------------------ the end

  /** Cancel what runs, wait for its clean-up, end the app. It resolves when all output is delivered.
   *  @returns {Promise<void>} */
  close() {
    this.shut ??= new BideError('EXIT', 'the app has been closed');
    return this.#closing ??= new Promise((resolve) => {
      this.#closed = resolve;
      settled.then(() => this.#close());        // C may be on the stack, and main about to be started
    });
  }

  #close() {
    const { bide__js_close: close, bide__js_flush: flush } = this.raw;
    if (this.ended) {
      if (!this.#streams.undelivered) this.#closed?.();
    } else if (close) this.poke(close, Number(Boolean(this.#main)));
    else if (!this.#main || !this.interrupt()) {
      this.enter(flush);
      this.#end(new Exit(0));
    }
  }

  /** @param {unknown} error  an Exit, or what broke C's frames */
  #end(error) {
    if (this.ended) return;
    const exit = error instanceof Exit && error;
    if (exit) this.#code = exit.code;
    this.ended = exit ? new BideError('EXIT', `the program has ended with exit code ${exit.code}`) : trap(error);
    if (!exit) this.ended = trap(error, this.#lastWords());
    this.shut ??= this.ended;
    this.driver.stop();
    for (const undo of this.#undo) undo();
    this.#open?.close();
    this.promises.close();
    try {
      this.#streams.rest();
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.calls.rejectAll(this.ended);
    this.slots = new Slots();
    if (!this.#streams.undelivered) this.#settle();
  }

  /** A function that takes output has failed. After the program's end it is too late for a trap, but run() rejects.
   *  @param {unknown} error */
  #fail(error) {
    this.#end(error);
    if (this.#code === undefined) return;
    this.shut = this.ended = trap(error);
    this.#code = undefined;
  }

  /** All output is delivered. */
  #settle() {
    this.#streams.release();
    if (this.#code === undefined) this.#main?.reject(this.ended);
    else this.#main?.resolve(this.#code);
    this.#closed?.();
  }

  /** After a trap: write what the program has printed. @returns {string | undefined} the name of the task */
  #lastWords() {
    try {
      const name = this.raw.bide__js_task_name?.();
      this.raw.bide__js_flush();
      return name ? this.memory.text(name) : undefined;
    } catch {
      return undefined;        // the trap has left no stack for a call
    }
  }
}
