// One instance of a program: all that is between app.js, which people see, and wasm.
//
// JavaScript enters wasm through enter() alone, so every trap and exit is noticed there. Wasm calls a user's function
// through outside() alone, so C knows that a JavaScript frame is on the stack, and that it can't be suspended.

import { Calls } from './calls.js';
import { Driver } from './driver.js';
import { BideError, Exit } from './errors.js';
import { makeDescriptors } from './descriptors.js';
import { makeImports, opensFiles } from './imports.js';
import { Memory } from './memory.js';
import { Promises } from './promises.js';
import { Streams } from './streams.js';
import { trap } from './trap.js';
import { wasiFunctions } from './wasi.js';

/** @typedef {import('./platform.js').Platform} Platform
 *  @typedef {import('./platform.js').Files} Files
 *  @typedef {import('../index.d.ts').LoadOptions & { exitOnDeadlock?: boolean }} Options
 *    exitOnDeadlock: nobody will call an export, so the program is over when main waits and nothing can happen */

/** The bits of flags(), as in wasm/js/host_js.c. */
const VIRTUAL_TIME = 1, MAY_BE_CALLED = 2;

const settled = /* @__PURE__ */ Promise.resolve();

export class Runtime {
  memory = new Memory();
  calls = new Calls(this);
  promises = new Promises(this);
  driver;
  /** Why nothing can be called any more. @type {BideError | undefined} */
  ended;
  /** How often C has called a user's function. */
  importsCalled = 0;
  /** start() makes it. @type {WebAssembly.Instance} */
  instance;

  #options;
  #platform;
  #streams = new Streams();
  /** A turn was not taken, because too much was undelivered. */
  #held = false;
  /** @type {Files | undefined} */
  #files;
  /** How many calls into wasm are on the JavaScript stack. */
  #depth = 0;
  /** The address of bide__current, and its value while JavaScript runs. The first call of outside() reads both.
   *  @type {[number, number] | undefined} */
  #frame;
  /** They settle the promise of run(), once it has started main. @type {{ resolve(code: number): void, reject(error: unknown): void } | undefined} */
  #main;
  /** What proc_exit was given; undefined: the program has not ended so. @type {number | undefined} */
  #code;
  /** They undo what the app has done to the host. @type {(() => void)[]} */
  #undo = [];

  /** @param {Options} options  @param {Platform} platform */
  constructor(options, platform) {
    this.#options = options;
    this.#platform = platform;
    this.driver = new Driver((ms) => this.#wake(ms), options.slice ?? 8);
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
    const { preopens } = this.#options;
    this.#streams.open(this.#options, this.#platform, {
      delivered: () => this.#delivered(),
      failed: (error) => this.#fail(error),
    });
    this.#files = preopens && opensFiles(module) ? await this.#platform.files?.(preopens, this.memory) : undefined;
    this.instance = await WebAssembly.instantiate(module, this.#importsFor(module, user));
    const { memory } = this.#raw;
    this.memory.memory = memory;
    this.#files?.use(memory);
    this.calls.define(this.#raw);
    this.enter('_initialize');
  }

  /** Its abort cancels the main task and every call. */
  get signal() {
    return this.#options.signal;
  }

  /** @returns {Record<string, any>} */
  get #raw() {
    return this.instance.exports;
  }

  /** What the module is instantiated with.
   *  @param {WebAssembly.Module} module  @param {Record<string, Function>} user */
  #importsFor(module, user) {
    const { args = ['app'], env = {} } = this.#options, { stdin, outputs } = this.#streams, files = this.#files?.functions ?? {};
    const functions = wasiFunctions(this.memory, { args, env, pause: this.#platform.pause });
    const descriptors = makeDescriptors(this.memory, [stdin, ...outputs.map((output) => this.#printing(output))], files);
    return makeImports(module, {
      bide: { ...this.#hostImports(() => !descriptors.is(0, stdin) || stdin.ready()), ...this.calls.imports(), ...this.promises.imports() },
      wasi: (name) => functions[name] ?? (name.startsWith('fd_') ? descriptors.wasi(name) : files[name]),
      user,
      wrap: (fn) => this.outside(fn),
      wrapPromise: (fn, name) => this.outside(this.promises.wrap(fn, name)),
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
      stdin_ready: stdinReady,
      watch_stdin: (/** @type {number} */ on) => this.#streams.stdin.watch(Boolean(on), () => this.driver.kick()),
    };
  }

  // ------------------------------------------------------------ in and out

  /** Call an export of wasm. A trap or an exit ends the app. Then enter() returns undefined; but if C's frames
   *  are below this call, it throws again, so that they are left too.
   *  @param {string} name  @param {...any} args  @returns {any} */
  enter(name, ...args) {
    if (this.ended) return undefined;
    this.#depth++;
    try {
      return this.#raw[name]?.(...args);
    } catch (error) {
      this.#end(error);
      if (this.#depth > 1) throw error;
      return undefined;
    } finally {
      this.#depth--;
    }
  }

  /** Call an export after which C's loops have something to do.
   *  @param {string} name  @param {...any} args  @returns {any} */
  poke(name, ...args) {
    const value = this.enter(name, ...args);
    this.driver.kick();
    return value;
  }

  /** Wrap `fn` so that C can call it. While it runs, no C function that it calls can be suspended.
   *  @param {Function} fn  @returns {(...args: any[]) => any} */
  outside(fn) {
    return (...args) => {
      const { memory, ended } = this;
      this.importsCalled++;
      const [at, javascript] = this.#frame ??= this.#findFrame();
      const current = memory.getUint32(at);
      memory.setUint32(at, javascript);
      try {
        return fn(...args);
      } finally {
        memory.setUint32(at, current);
        if (this.ended !== ended) throw this.ended;   // something that `fn` called has ended the app
      }
    };
  }

  /** A program without coroutines has no such variable. The word at 0 stands for it, which nobody uses.
   *  @returns {[number, number]} */
  #findFrame() {
    if (!this.#raw.bide__js_frame) return [0, 0];
    const at = this.#raw.bide__js_frame();
    return [this.memory.getUint32(at), this.memory.getUint32(at + 4)];
  }

  // ------------------------------------------------------------ output

  /** The output as C writes to it: it ends the slice when too much is undelivered.
   *  @param {import('./output.js').Output} output */
  #printing(output) {
    const write = this.outside((/** @type {Uint8Array} */ bytes) => {
      const errno = output.write(bytes);
      if (this.#streams.full) this.#raw.bide__js_pause?.();
      return errno;
    });
    return { ...output, write };
  }

  /** @param {number} ms  left of the slice  @returns {number} in how many ms C wants to be called again */
  #wake(ms) {
    this.#held = this.#streams.full;
    return (this.#held ? undefined : this.enter('bide__js_wake', ms / 1e3)) ?? Infinity;
  }

  #delivered() {
    if (!this.ended) {
      if (this.#held && !this.#streams.full) this.driver.kick();
    } else if (!this.#streams.undelivered) this.#settle();
  }

  // ------------------------------------------------------------ main

  /** @returns {Promise<number>} the exit code */
  async run() {
    if (this.ended) throw this.ended;
    this.signal?.throwIfAborted();
    if (this.#main) throw new BideError('ESTATE', 'main has been run before');
    if (!this.#raw.bide__js_start) throw new BideError('ETYPE', 'the program has no main function');
    return new Promise((resolve, reject) => {
      this.#main = { resolve, reject };
      const undo = this.#options.exitOnDeadlock && this.#platform.whenIdle?.(() => this.#stuck());
      if (undo) this.#undo.push(undo);
      if (this.#depth) settled.then(() => this.poke('bide__js_start'));      // C is on the stack, perhaps of a small task
      else this.poke('bide__js_start');
    });
  }

  /** What Ctrl-C does. @returns {boolean} whether a run call of C took it */
  interrupt() {
    return Boolean(this.poke('bide__js_interrupt'));
  }

  /** The event loop is empty, and main still waits. */
  #stuck() {
    for (const name of this.promises.pending()) this.#streams.tell(`bide: the promise of ${name}() never settles`);
    this.poke('bide__js_stuck');
  }

  // ------------------------------------------------------------ the end

  /** @param {unknown} error  an Exit, or what broke C's frames */
  #end(error) {
    if (this.ended) return;
    const exit = error instanceof Exit && error;
    if (exit) this.#code = exit.code;
    this.ended = exit ? new BideError('EXIT', `the program has ended with exit code ${exit.code}`) : trap(error);
    if (!exit) this.ended = trap(error, this.#lastWords());
    this.driver.stop();
    for (const undo of this.#undo) undo();
    this.#files?.close();
    this.promises.close((line) => this.#streams.tell(line));
    try {
      this.#streams.rest();
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.calls.rejectAll(this.ended);
    if (!this.#streams.undelivered) this.#settle();
  }

  /** A function that takes output has failed. After the program's end it is too late for a trap, but run() rejects.
   *  @param {unknown} error */
  #fail(error) {
    this.#end(error);
    if (this.#code === undefined) return;
    this.ended = trap(error);
    this.#code = undefined;
  }

  /** All output is delivered. */
  #settle() {
    this.#streams.release();
    if (this.#code === undefined) this.#main?.reject(this.ended);
    else this.#main?.resolve(this.#code);
  }

  /** After a trap: write what the program has printed. @returns {string | undefined} the name of the task */
  #lastWords() {
    try {
      const name = this.#raw.bide__js_task_name?.();
      this.#raw.bide__js_flush();
      return name ? this.memory.text(name) : undefined;
    } catch {
      return undefined;        // the trap has left no stack for a call
    }
  }
}
