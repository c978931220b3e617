// Typed functions: BIDE_FUNCTION of bide/js.h. wasm/js/function.c is C's half of it.

import { areNumbers, arePlain, argumentsToC, fromC, leastOf } from './convert.js';
import { BideError } from './errors.js';
import { asyncGenerators, plainGenerators } from './generators.js';
import { decode } from './memory.js';
import { parseSignature } from './signature.js';
import { ERROR, F64, VALUE_SIZE } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *  @typedef {import('./signature.js').Signature} Signature
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
/** As in function.c. */
const MOST_NUMBERS = 4;

export class Functions {
  #runtime;
  #values;
  /** Room for a result and a few arguments, unless a call has it. */
  #room = 0;
  /** A function that takes and gives numbers runs. */
  #isBusy = false;

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
      const signature = parseSignature(text), typed = this.#typed(name, signature, raw[PREFIX + name].value);
      calls.add(name, this.#start(signature, typed), this.#direct(signature, typed, calls.functions.size));
    }
  }

  /** A function that C makes at run time; it throws a SyntaxError. Further arguments are ignored, as JavaScript does it.
   *  @param {string} text  the signature  @param {number} address
   *  @returns {{ parameters: number, call: (...args: unknown[]) => unknown }} */
  callback(text, address) {
    const signature = parseSignature(text), { params, result: { form } } = signature, { length } = params;
    if (form.endsWith('generator') && !this.#runtime.raw.bide__js_stream_start) throw new BideError('ERUNTIME', 'bide_js_function: no generator without bide_yield in the program');
    const typed = this.#typed(`callback(${params.map(({ name }) => name).join(', ')})`, signature, address), start = this.#start(signature, typed);
    const some = params[length - 1]?.rest ? (/** @type {unknown[]} */ ...args) => start(args) : (/** @type {unknown[]} */ ...args) => start(args.slice(0, length));
    const call = form === 'sync' && areFewNumbers(signature) ? this.#numbersNow(typed, true) : some;
    typed.callback = call;
    return { parameters: length, call: Object.defineProperty(call, 'length', { value: leastOf(params) }) };
  }

  /** @param {string} name  @param {Signature} signature  @param {number} address  @returns {Typed} */
  #typed(name, { params, result: { type } }, address) {
    return {
      name, address, count: params.length, plain: arePlain(params), convert: argumentsToC(name, params),
      result: (at) => fromC(this.#values, type, at, `${name}: the result`),
    };
  }

  /** @param {Signature} signature  @param {Typed} typed  @returns {import('./calls.js').Start} */
  #start({ result: { form } }, typed) {
    const { calls } = this.#runtime;
    if (form === 'sync') return (args) => this.#now(typed, args);
    if (form === 'generator') return plainGenerators(this.#runtime, typed);
    if (form === 'async generator') return asyncGenerators(this.#runtime, typed, calls.functions.size);
    const fn = this.#task(typed, calls.functions.size);
    return (args, signal) => calls.start(fn, args, signal);
  }

  /** What app.exports has, if not #start() with its arguments one by one.
   *  @param {Signature} signature  @param {Typed} typed  @param {number} number  of the function  @returns {((...args: any[]) => any) | undefined} */
  #direct(signature, typed, number) {
    const { form } = signature.result;
    if (!areFewNumbers(signature)) return undefined;
    if (form === 'sync') return this.#numbersNow(typed, false);
    return form === 'promise' ? this.#numbersLater(typed, this.#task(typed, number), number) : undefined;
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
    if (runtime.ended) throw runtime.ended;
    try {
      return this.#outcome(typed, room);
    } finally {
      this.#give(typed, room);
    }
  }

  /** What stands there when a call is over. @param {Typed} typed  @param {number} at */
  #outcome(typed, at) {
    if (this.#values.kind(at) === ERROR) throw this.#values.get(at);
    return typed.result(at);
  }

  // ------------------------------------------------------------ numbers alone

  /** A function that takes and gives numbers may be called in a loop. So the call itself hands them over, if there are few, and no array does.
   *  What is not as expected goes the other way.
   *  @param {Typed} typed  @param {boolean} takesMore  further arguments are ignored  @returns {(...args: any[]) => any} */
  #numbersNow(typed, takesMore) {
    const functions = this, runtime = this.#runtime, { bide__js_numbers_now: now } = runtime.raw, { address, count } = typed;
    return function (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c, /** @type {any} */ d) {
      const length = takesMore ? Math.min(arguments.length, count) : arguments.length;
      if (length !== count || !areFew(count, a, b, c, d) || functions.#isBusy || runtime.shut) return functions.#now(typed, listOf(length, a, b, c, d));
      functions.#isBusy = true;
      let value;
      try {
        runtime.depth++;
        value = now(address, count > 0 ? a : 0, count > 1 ? b : 0, count > 2 ? c : 0, count > 3 ? d : 0);
      } catch (error) {
        runtime.broken(error);
      } finally {
        runtime.depth--;
      }
      functions.#isBusy = false;
      runtime.driver.kick();
      return runtime.ended || value !== value ? functions.#odd(typed) : value;
    };
  }

  /** What such a call came to, if not to a number. @param {Typed} typed */
  #odd(typed) {
    const { ended, raw } = this.#runtime;
    if (ended) throw ended;
    const room = raw.bide__js_numbers();
    try {
      return this.#outcome(typed, room);
    } finally {
      if (this.#values.isCounted(room)) this.#values.clear(room);
    }
  }

  /** @param {Typed} typed  @param {CFunction} fn  @param {number} number  of the function  @returns {(...args: any[]) => any} */
  #numbersLater({ address, count }, fn, number) {
    const runtime = this.#runtime, { calls, raw: { bide__js_numbers_call: call } } = runtime;
    fn.keepNumbers = (id, a, b, c, d) => call(id, number, address, count, a, b, c, d);
    return function (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c, /** @type {any} */ d) {
      const { length } = arguments;
      if (length !== count || !areFew(count, a, b, c, d) || runtime.shut || runtime.signal) return calls.start(fn, listOf(length, a, b, c, d));
      return calls.startNumbers(fn, count > 0 ? a : 0, count > 1 ? b : 0, count > 2 ? c : 0, count > 3 ? d : 0);
    };
  }

  // ------------------------------------------------------------ the room

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

/** @param {Signature} signature */
const areFewNumbers = ({ params, result: { type } }) => params.length <= MOST_NUMBERS && areNumbers(params, type);

/** Whether the first `count` of these are numbers. @param {number} count  @param {unknown} a  @param {unknown} b  @param {unknown} c  @param {unknown} d */
function areFew(count, a, b, c, d) {
  return (count < 1 || typeof a === 'number') && (count < 2 || typeof b === 'number')
    && (count < 3 || typeof c === 'number') && (count < 4 || typeof d === 'number');
}

/** The arguments of a call, of which no more than these can be wanted. @param {number} length  @param {unknown[]} first */
function listOf(length, ...first) {
  first.length = length;
  return first;
}

/** @param {string} name */
const noMemory = (name) => new BideError('ENOMEM', `no memory to call ${name}`);
