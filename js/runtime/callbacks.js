// Functions of C that are given to JavaScript: bide_js_function of bide/js.h. wasm/js/callback.c is C's half of it.

import { BideError } from './errors.js';
import { failureOf } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** When JavaScript has collected a function, C releases what belongs to it. @type {FinalizationRegistry<{ runtime: Runtime, address: number }>} */
const collected = /* @__PURE__ */ new FinalizationRegistry(({ runtime, address }) => runtime.poke(runtime.raw.bide__js_callback_collected, address));

/** The function that callback.c imports.
 *  @param {Runtime} runtime  @returns {Record<string, (...args: number[]) => number>} */
export function callbackImports(runtime) {
  const { memory, values } = runtime;

  /** @param {string} signature  @param {number} address  of C's half  @param {number} count  where the number of parameters is wanted */
  function make(signature, address, count) {
    try {
      const fn = runtime.calls.typed.callback(signature, address);
      memory.setUint32(count, fn.parameters);
      return fn.call;
    } catch (error) {
      if (!(error instanceof SyntaxError)) return failureOf(error);
      return failureOf(new BideError('EVALUE', `bide_js_function: ${error.message}`));
    }
  }

  return {
    callback_new(signature, address, count, out) {
      const made = make(memory.text(signature), address, count), isThere = values.put(out, made);
      if (isThere && typeof made === 'function') collected.register(made, { runtime, address });
      return Number(isThere);
    },
  };
}
