// One instance of a program: everything between app.js, which people see, and wasm.
//
// Wasm is entered through enter() alone, so that every trap and exit is noticed;
// user functions are left to through outside(), so that C knows that a JavaScript
// frame is between.

import { Calls } from './calls.js';
import { Driver } from './driver.js';
import { BideError, Exit } from './errors.js';
import { importsFromWasi, makeImports } from './imports.js';
import { inputFrom } from './input.js';
import { encode, Memory } from './memory.js';
import { outputTo } from './output.js';
import { Promises } from './promises.js';
import { trap } from './trap.js';
import { wasiFunctions, withFiles } from './wasi.js';

/** @typedef {import('./platform.js').Platform} Platform
 *  @typedef {import('../index.d.ts').LoadOptions & { exitOnDeadlock?: boolean }} Options
 *    exitOnDeadlock: nobody will call, so when nothing can happen any more, it is over */

/** The bits of flags(); wasm/js/host_js.c. */
const VIRTUAL_TIME = 1, MAY_BE_CALLED = 2;

export class Runtime {
  memory = new Memory();
  calls = new Calls(this);
  promises = new Promises(this);
  driver = new Driver(() => this.enter('bide__js_wake', this.#slice) ?? Infinity);
  /** Why nothing can be called any more. @type {BideError | undefined} */
  ended;
  /** How often C has called a user's function. */
  importsCalled = 0;
  /** @type {WebAssembly.Instance} */
  instance;

  #options;
  #platform;
  #slice;
  #stdin;
  #outputs;
  /** Calls into wasm that are on the JavaScript stack. */
  #depth = 0;
  /** Addresses of bide__current and of what stands there while JavaScript runs. @type {[number, number] | undefined} */
  #frame;
  /** Of main, once it has been started. @type {{ resolve(code: number): void, reject(error: unknown): void } | undefined} */
  #main;
  #atEnd = () => {};

  /** @param {Options} options  @param {Platform} platform */
  constructor(options, platform) {
    const { slice = 8, stdin, stdout, stderr } = options;
    this.#options = options;
    this.#platform = platform;
    this.#slice = slice / 1e3;
    this.#stdin = stdin === undefined ? platform.stdin() : inputFrom(stdin);
    const outputs = [stdout ? outputTo(stdout) : platform.output(1), stderr ? outputTo(stderr) : platform.output(2)];
    this.#outputs = outputs.map((output) => ({ ...output, write: this.outside(output.write) }));
  }

  /** @param {WebAssembly.Module} module  @param {Record<string, Function>} user  its imports */
  async start(module, user) {
    const { args = ['app'], env = {}, preopens } = this.#options;
    const setting = { args, env, stdin: this.#stdin, outputs: this.#outputs, pause: this.#platform.pause };
    const ours = wasiFunctions(this.memory, setting);
    const wantsFiles = preopens && importsFromWasi(module, (name) => name.startsWith('path_'));
    const files = wantsFiles ? await this.#platform.files?.(preopens) : undefined;
    this.instance = await WebAssembly.instantiate(module, makeImports(module, {
      bide: { ...this.#imports(), ...this.calls.imports(), ...this.promises.imports() },
      wasi: files ? withFiles(ours, files.functions) : ours,
      user,
      wrap: (_name, fn) => this.outside(fn),
      wrapPromise: (name, fn) => this.outside(this.promises.wrap(name, fn)),
    }));
    const memory = /** @type {WebAssembly.Memory} */ (this.#raw.memory);
    this.memory.memory = memory;
    this.calls.define(this.#raw);
    files?.use(memory);
    this.enter('_initialize');
    this.signal?.addEventListener('abort', () => this.#abort(), { once: true });
  }

  /** The app's; its abort cancels everything. */
  get signal() {
    return this.#options.signal;
  }

  /** @returns {Record<string, any>} */
  get #raw() {
    return this.instance.exports;
  }

  /** What host_js.c and stdin_js.c import. */
  #imports() {
    const { env = {}, exitOnDeadlock } = this.#options;
    const flags = (env.BIDE_VIRTUAL_TIME === '1' ? VIRTUAL_TIME : 0) | (exitOnDeadlock ? 0 : MAY_BE_CALLED);
    const clock = performance;   // the global is looked up once: C asks for the time often
    return {
      now: () => clock.now() / 1e3,
      wake: () => this.driver.kick(),
      flags: () => flags,
      stdin_ready: () => this.#stdin.ready(),
      watch_stdin: (/** @type {number} */ on) => this.#stdin.watch(Boolean(on), () => this.driver.kick()),
    };
  }

  // ------------------------------------------------------------ in and out

  /** Call an export. A trap or exit ends the app; then the answer is undefined, or, if C's frames are below, they are left too.
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

  /** `fn` as C may call it: while it runs, C that it calls can't be suspended.
   *  @param {Function} fn  @returns {(...args: any[]) => any} */
  outside(fn) {
    return (...args) => {
      const { memory, ended } = this;
      this.importsCalled++;
      const [at, javascript] = this.#frame ??= this.#findFrame();
      const current = memory.view.getUint32(at, true);
      memory.view.setUint32(at, javascript, true);
      try {
        return fn(...args);
      } finally {
        memory.view.setUint32(at, current, true);
        if (this.ended !== ended) throw this.ended;   // a call from within `fn` was the end
      }
    };
  }

  /** @returns {[number, number]} */
  #findFrame() {
    const at = this.#raw.bide__js_frame();
    const { view } = this.memory;
    return [view.getUint32(at, true), view.getUint32(at + 4, true)];
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
      if (this.#options.exitOnDeadlock) this.#atEnd = this.#platform.whenIdle?.(() => this.#stuck()) ?? this.#atEnd;
      this.enter('bide__js_start');
      this.driver.kick();
    });
  }

  /** @returns {boolean} a run call was there to take it */
  interrupt() {
    const taken = Boolean(this.enter('bide__js_interrupt'));
    this.driver.kick();
    return taken;
  }

  #abort() {
    this.interrupt();
    this.calls.cancelAll();
  }

  /** Node's event loop has run empty, and main still waits. */
  #stuck() {
    for (const name of this.promises.pending()) this.#tell(`bide: the promise of ${name}() never settles`);
    this.enter('bide__js_stuck');
    this.driver.kick();
  }

  // ------------------------------------------------------------ the end

  /** @param {unknown} error  an Exit, or what broke C's frames */
  #end(error) {
    if (this.ended) return;
    const exit = error instanceof Exit ? error : undefined;
    const task = exit ? undefined : this.#lastWords();
    this.ended = exit ? new BideError('EXIT', `the program has ended with exit code ${exit.code}`) : trap(error, task);
    this.driver.stop();
    this.#atEnd();
    this.#stdin.watch(false, () => {});
    this.promises.close((line) => this.#tell(line));
    for (const output of this.#outputs) output.end();
    if (exit) this.#main?.resolve(exit.code);
    else this.#main?.reject(this.ended);
    this.calls.rejectAll(this.ended);
  }

  /** What is still to be had after a trap: what was printed, and the name of the task. */
  #lastWords() {
    try {
      const name = this.#raw.bide__js_task_name();
      this.#raw.bide__js_flush();
      return name ? this.memory.text(name) : undefined;
    } catch {
      return undefined;        // the trap has left no stack to ask on
    }
  }

  /** A line on the program's stderr. @param {string} line */
  #tell(line) {
    try {
      this.#outputs[1].write(encode(`${line}\n`));
    } catch {
      // stderr is broken: nowhere is left to tell it
    }
  }
}
