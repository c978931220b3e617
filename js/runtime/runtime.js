// One instance of a program: all that is between app.js, which people see, and wasm.
//
// JavaScript enters wasm through enter() alone, so every trap and exit is noticed there. Wasm calls a user's function
// through outside() alone, so C knows that a JavaScript frame is on the stack, and that it can't be suspended.

import { Calls } from './calls.js';
import { Driver } from './driver.js';
import { BideError, Exit } from './errors.js';
import { makeImports, opensFiles } from './imports.js';
import { inputFrom } from './input.js';
import { encode, Memory } from './memory.js';
import { outputTo } from './output.js';
import { Promises } from './promises.js';
import { trap } from './trap.js';
import { wasiFunctions, withFiles } from './wasi.js';

/** @typedef {import('./platform.js').Platform} Platform
 *  @typedef {import('./platform.js').Files} Files
 *  @typedef {import('../index.d.ts').LoadOptions & { exitOnDeadlock?: boolean }} Options
 *    exitOnDeadlock: nobody will call an export, so the program is over when main waits and nothing can happen */

/** The bits of flags(), as in wasm/js/host_js.c. */
const VIRTUAL_TIME = 1, MAY_BE_CALLED = 2;

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
  #stdin;
  #outputs;
  /** How many calls into wasm are on the JavaScript stack. */
  #depth = 0;
  /** The address of bide__current, and its value while JavaScript runs. The first call of outside() reads both.
   *  @type {[number, number] | undefined} */
  #frame;
  /** They settle the promise of run(), once it has started main. @type {{ resolve(code: number): void, reject(error: unknown): void } | undefined} */
  #main;
  /** Tells the platform to call #stuck() no longer. @type {(() => void) | undefined} */
  #atEnd;

  /** @param {Options} options  @param {Platform} platform */
  constructor(options, platform) {
    const { slice = 8, stdin, stdout, stderr } = options;
    this.#options = options;
    this.#platform = platform;
    this.driver = new Driver((ms) => this.enter('bide__js_wake', ms / 1e3) ?? Infinity, slice);
    this.#stdin = stdin === undefined ? platform.stdin() : inputFrom(stdin);
    const outputs = [stdout ? outputTo(stdout) : platform.output(1), stderr ? outputTo(stderr) : platform.output(2)];
    this.#outputs = outputs.map((output) => ({ ...output, write: this.outside(output.write) }));
  }

  /** Make the instance, and run the program's constructors.
   *  @param {WebAssembly.Module} module  @param {Record<string, Function>} user  the imports that load() was given */
  async start(module, user) {
    const { preopens } = this.#options;
    const files = preopens && opensFiles(module) ? await this.#platform.files?.(preopens) : undefined;
    this.instance = await WebAssembly.instantiate(module, this.#importsFor(module, user, files));
    const { memory } = this.#raw;
    this.memory.memory = memory;
    files?.use(memory);
    this.calls.define(this.#raw);
    this.enter('_initialize');
    this.signal?.addEventListener('abort', () => {
      this.interrupt();
      this.calls.cancelAll();
    }, { once: true });
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
   *  @param {WebAssembly.Module} module  @param {Record<string, Function>} user  @param {Files} [files] */
  #importsFor(module, user, files) {
    const { args = ['app'], env = {} } = this.#options;
    const wasi = wasiFunctions(this.memory, { args, env, stdin: this.#stdin, outputs: this.#outputs, pause: this.#platform.pause });
    return makeImports(module, {
      bide: { ...this.#hostImports(), ...this.calls.imports(), ...this.promises.imports() },
      wasi: files ? withFiles(wasi, files.functions) : wasi,
      user,
      wrap: (fn) => this.outside(fn),
      wrapPromise: (fn, name) => this.outside(this.promises.wrap(fn, name)),
    });
  }

  /** The functions that host_js.c and stdin_js.c import. */
  #hostImports() {
    const { env = {}, exitOnDeadlock } = this.#options;
    const flags = (env.BIDE_VIRTUAL_TIME === '1' ? VIRTUAL_TIME : 0) | (exitOnDeadlock ? 0 : MAY_BE_CALLED);
    const clock = performance;   // C often asks for the time, and looking up a global takes time
    return {
      now: () => clock.now() / 1e3,
      wake: () => this.driver.kick(),
      flags: () => flags,
      stdin_ready: () => this.#stdin.ready(),
      watch_stdin: (/** @type {number} */ on) => this.#stdin.watch(Boolean(on), () => this.driver.kick()),
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

  // ------------------------------------------------------------ main

  /** @returns {Promise<number>} the exit code */
  async run() {
    if (this.ended) throw this.ended;
    this.signal?.throwIfAborted();
    if (this.#main) throw new BideError('ESTATE', 'main has been run before');
    if (!this.#raw.bide__js_start) throw new BideError('ETYPE', 'the program has no main function');
    return new Promise((resolve, reject) => {
      this.#main = { resolve, reject };
      if (this.#options.exitOnDeadlock) this.#atEnd = this.#platform.whenIdle?.(() => this.#stuck());
      this.poke('bide__js_start');
    });
  }

  /** What Ctrl-C does. @returns {boolean} whether a run call of C took it */
  interrupt() {
    return Boolean(this.poke('bide__js_interrupt'));
  }

  /** The event loop is empty, and main still waits. */
  #stuck() {
    for (const name of this.promises.pending()) this.#tell(`bide: the promise of ${name}() never settles`);
    this.poke('bide__js_stuck');
  }

  // ------------------------------------------------------------ the end

  /** @param {unknown} error  an Exit, or what broke C's frames */
  #end(error) {
    if (this.ended) return;
    const exit = error instanceof Exit && error;
    this.ended = exit ? new BideError('EXIT', `the program has ended with exit code ${exit.code}`) : trap(error, this.#lastWords());
    this.driver.stop();
    this.#atEnd?.();
    this.#stdin.watch(false, () => {});
    this.promises.close((line) => this.#tell(line));
    for (const output of this.#outputs) output.end();
    if (exit) this.#main?.resolve(exit.code);
    else this.#main?.reject(this.ended);
    this.calls.rejectAll(this.ended);
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

  /** Write a line to the program's stderr. @param {string} line */
  #tell(line) {
    try {
      this.#outputs[1].write(encode(`${line}\n`));
    } catch {
      // stderr is broken, and there is no other place for the line
    }
  }
}
