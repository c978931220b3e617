// Functions of C whose body is JavaScript: BIDE_JAVASCRIPT of bide/js.h. wasm/js/body.c is C's half of it.

import { argumentsFromC, toC } from './convert.js';
import { BideError } from './errors.js';
import { decode } from './memory.js';
import { parseSignature } from './signature.js';
import { failureOf } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** The section that has their signatures. */
const SECTION = 'bide:javascript';
/** enum body_how of wasm/js/body.h. */
const NO_MEMORY = 0, VALUE = 1, PROMISE = 2;

/** @param {Runtime} runtime  @param {WebAssembly.Module} module
 *  @returns {(fn: Function, name: string) => Function} makes a function callable that takes and gives what its signature says */
export function bodyWrapper(runtime, module) {
  const { values } = runtime, sections = WebAssembly.Module.customSections(module, SECTION);
  const signatures = new Map(sections.flatMap((bytes) => JSON.parse(decode(new Uint8Array(bytes)))).map(({ name, signature }) => [name, signature]));
  return (fn, name) => {
    const { params, result: { type, form } } = parseSignature(signatures.get(name));
    const given = argumentsFromC(values, name, params), taken = resultToC(name, type), isLate = form === 'promise';
    const run = isLate ? later(fn, taken) : form === 'sync' ? (/** @type {unknown[]} */ args) => taken(fn(...args)) : (/** @type {unknown[]} */ args) => fn(...args);
    return (/** @type {number} */ args, /** @type {number} */ n, /** @type {number} */ out) => {
      let outcome, how = isLate ? PROMISE : VALUE;
      try {
        outcome = run(given(args, n));
      } catch (error) {
        outcome = failureOf(error);
        how = VALUE;
      }
      if (runtime.ended) throw runtime.ended;
      return values.put(out, outcome) ? how : NO_MEMORY;
    };
  };
}

/** @param {string} name  @param {import('./signature.js').Type} type  @returns {(value: unknown) => unknown} */
function resultToC(name, type) {
  const convert = toC(type), label = `${name}: the result`;
  if (type.kind === 'void') return () => undefined;
  return (value) => {
    try {
      return convert(value, label);
    } catch (error) {
      throw error instanceof TypeError ? new BideError('ETYPE', error.message) : error;
    }
  };
}

/** @param {Function} fn  @param {(value: unknown) => unknown} taken  @returns {(args: unknown[]) => Promise<unknown>} */
function later(fn, taken) {
  return (args) => {
    const promise = (async () => taken(await fn(...args)))();
    promise.catch(() => {});       // C may have no memory to wait for it
    return promise;
  };
}
