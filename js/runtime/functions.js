// Typed functions: BIDE_FUNCTION of bide/js.h. wasm/js/function.c is C's half of it.

import { areNumbers, arePlain, argumentsToC, fromC, leastOf } from './convert.js';
import { BideError } from './errors.js';
import { asyncGenerators, plainGenerators } from './generators.js';
import { decode } from './memory.js';
import { parseSignature } from './signature.js';
import { ERROR, F64, VALUE_SIZE } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *  @typedef {import('./calls.js').CFunction} CFunction
 *  @typedef {import('./calls.js').Call} Call
 *
 *  @typedef {object} Typed
 *  @property {string} name
 *  @property {number} address  of its description
 *  @property {number} count  of its parameters
 *  @property {boolean} plain  no argument needs memory of its own
 *  @property {(args: readonly unknown[]) => unknown[]} convert  throws before C is entered
 *  @property {(at: number) => unknown} result  of the value there
 *  @property {Function} [callback]  the function of JavaScript, if C has made it: while this is in use, that is not collected */

/** The section that describes them, and the prefix of the variables that have their addresses. */
const SECTION = 'bide:functions', PREFIX = 'function:';

/** Arguments of a synchronous call that need no memory of their own. */
const FEW = 8;

export class Functions {
  #runtime;
  #values;
  /** Room for a result and a few arguments, unless a call has it. */
  #room = 0;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
    this.#values = runtime.values;
  }

  /** @param {WebAssembly.Module} module */
  define(module) {
    const [section] = WebAssembly.Module.customSections(module, SECTION), { calls, raw } = this.#runtime;
    const described = section ? /** @type {{ name: string, signature: string }[]} */ (JSON.parse(decode(new Uint8Array(section)))) : [];
    for (const { name, signature: text } of described) {
      const signature = parseSignature(text);
      calls.functions.set(name, this.#start(signature, this.#typed(name, signature, raw[PREFIX + name].value)));
    }
  }

  /** A function that C makes at run time; it throws a SyntaxError. Further arguments are ignored, as JavaScript does it.
   *  @param {string} text  the signature  @param {number} address
   *  @returns {{ parameters: number, call: (...args: unknown[]) => unknown }} */
  callback(text, address) {
    const signature = parseSignature(text), { params, result: { form } } = signature, { length } = params;
    if (form.endsWith('generator') && !this.#runtime.raw.bide__js_stream_start) throw new BideError('ERUNTIME', 'bide_js_function: no generator without bide_yield in the program');
    const typed = this.#typed(`callback(${params.map(({ name }) => name).join(', ')})`, signature, address), start = this.#start(signature, typed);
    const call = params[length - 1]?.rest ? (/** @type {unknown[]} */ ...args) => start(args) : (/** @type {unknown[]} */ ...args) => start(args.slice(0, length));
    typed.callback = call;
    return { parameters: length, call: Object.defineProperty(call, 'length', { value: leastOf(params) }) };
  }

  /** @param {string} name  @param {import('./signature.js').Signature} signature  @param {number} address  @returns {Typed} */
  #typed(name, { params, result: { type } }, address) {
    return {
      name, address, count: params.length, plain: arePlain(params), convert: argumentsToC(name, params),
      result: (at) => fromC(this.#values, type, at, `${name}: the result`),
    };
  }

  /** @param {import('./signature.js').Signature} signature  @param {Typed} typed  @returns {import('./calls.js').Start} */
  #start({ params, result: { type, form } }, typed) {
    const { calls } = this.#runtime;
    if (form === 'sync') return areNumbers(params, type) ? this.#numbers(typed) : (args) => this.#now(typed, args);
    if (form === 'generator') return plainGenerators(this.#runtime, typed);
    if (form === 'async generator') return asyncGenerators(this.#runtime, typed, calls.functions.size);
    const fn = this.#task(typed, calls.functions.size);
    return (args, signal) => calls.start(fn, args, signal);
  }

  /** @param {Typed} typed  @param {number} number  of the function  @returns {CFunction} */
  #task(typed, number) {
    const { raw } = this.#runtime, { name, address, count, plain, convert, result } = typed;
    return {
      name, types: '', convert, result, typed,
      keep: (id, args) => {
        if (!plain) return this.#keep(id, number, address, args);
        const at = raw.bide__js_function_call(id, number, address, count);
        if (at) this.#fill(at, args);
        return at;
      },
    };
  }

  /** @param {number} at  @param {unknown[]} args  @returns {boolean} whether there is memory for all of them */
  #fill(at, args) {
    for (let i = 0; i < args.length; i++) if (!this.#values.put(at + i * VALUE_SIZE, args[i])) return false;
    return true;
  }

  /** @param {number} id  @param {number} number  @param {number} address  @param {unknown[]} args */
  #keep(id, number, address, args) {
    const { raw } = this.#runtime, { length } = args, room = raw.bide__js_function_room(length);
    const at = room && this.#fill(room + VALUE_SIZE, args) && raw.bide__js_function_start(id, number, address, length, room);
    if (room && !at) raw.bide__js_function_leave(room, length);
    return at || 0;
  }

  // ------------------------------------------------------------ without waiting

  /** @param {Typed} typed  @param {readonly unknown[]} given */
  #now(typed, given) {
    const runtime = this.#runtime;
    if (typed.callback ? runtime.ended : runtime.shut) throw runtime.shut;
    const args = typed.convert(given), room = this.#take(typed);
    if (!this.#fill(room + VALUE_SIZE, args)) {
      this.#give(typed, room);
      throw noMemory(typed.name);
    }
    runtime.poke(runtime.raw.bide__js_function_now, typed.address, room);
    return this.#outcome(typed, room);
  }

  /** The call is over. @param {Typed} typed  @param {number} room */
  #outcome(typed, room) {
    const { ended } = this.#runtime;
    if (ended) throw ended;
    try {
      if (this.#values.kind(room) === ERROR) throw this.#values.get(room);
      return typed.result(room);
    } finally {
      this.#give(typed, room);
    }
  }

  /** #now() of a function that takes and gives numbers alone, which a program may call in a loop. What is not as expected goes the other way.
   *  @param {Typed} typed */
  #numbers(typed) {
    const runtime = this.#runtime, { memory, raw: { bide__js_function_now: now } } = runtime, { address, count } = typed;
    return (/** @type {readonly unknown[]} */ args) => {
      const room = this.#room;
      if (runtime.shut || !room || args.length !== count) return this.#now(typed, args);
      let { view } = memory;
      for (let i = 0, at = room; i < count; i++) {
        const value = args[i];
        if (typeof value !== 'number') return this.#now(typed, args);
        view.setUint32(at += VALUE_SIZE, F64, true);
        view.setFloat64(at + 8, value, true);
      }
      this.#room = 0;
      runtime.poke(now, address, room);
      ({ view } = memory);
      if (runtime.ended || view.getUint32(room, true) !== F64) return this.#outcome(typed, room);
      this.#room = room;
      return view.getFloat64(room + 8, true);
    };
  }

  /** @param {Typed} typed  @returns {number} */
  #take({ name, count }) {
    const spare = this.#room;
    if (spare && count <= FEW) return this.#room = 0, spare;
    const room = this.#runtime.raw.bide__js_function_room(Math.max(count, FEW));
    if (!room) throw noMemory(name);
    return room;
  }

  /** @param {Typed} typed  @param {number} room */
  #give({ count, plain }, room) {
    const isSpare = count <= FEW && !this.#room;
    if (!isSpare) return this.#runtime.enter(this.#runtime.raw.bide__js_function_leave, room, Math.max(count, FEW));
    if (this.#values.isCounted(room)) this.#values.clear(room);
    for (let i = 1; i <= count && !plain; i++) this.#values.clear(room + i * VALUE_SIZE);
    this.#room = room;
  }
}

/** @param {string} name */
const noMemory = (name) => new BideError('ENOMEM', `no memory to call ${name}`);
