// What is iterable: bide_js_iterate of bide/js.h. wasm/js/iterate_js.c is C's half of it.

import { describe } from './describe.js';
import { crossing, failureOf } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** enum iterator_answer of iterate_js.c. */
const NO_MEMORY = 0, DONE = 1, GAVE = 2;

/** The functions that iterate_js.c imports.
 *  @param {Runtime} runtime  @returns {Record<string, (...args: number[]) => number>} */
export function iteratorImports(runtime) {
  const { memory, values } = runtime, value = (/** @type {number} */ at) => /** @type {any} */ (values.get(at));

  /** Write what comes of it. @param {number} out  @param {() => [number, unknown]} ask  @returns {number} an answer */
  function answer(out, ask) {
    let how = GAVE, outcome;
    try {
      [how, outcome] = ask();
      outcome = crossing(outcome, 'an iterator');
    } catch (error) {
      outcome = failureOf(error);
    }
    if (runtime.ended) throw runtime.ended;
    return values.put(out, outcome) ? how : NO_MEMORY;
  }

  return {
    iterator_of: (iterable, isAsync, out) => answer(out, () => {
      const from = value(iterable), later = from?.[Symbol.asyncIterator], start = later ?? from?.[Symbol.iterator];
      if (typeof start !== 'function') throw new TypeError(`${describe(from)} is not iterable`);
      memory.slice(isAsync, 1)[0] = Number(start === later);
      return [GAVE, new Asked(object(Reflect.apply(start, from, []), 'an iterator'))];
    }),
    iterator_next: (iterator, sent, isAsync, out) => answer(out, () => {
      const { iterator: from, next } = value(iterator), result = Reflect.apply(next, from, [value(sent)]);
      return isAsync ? [GAVE, Promise.resolve(result).then((late) => new Late(late))] : itemOf(result);
    }),
    iterator_result: (result, out) => answer(out, () => itemOf(value(result).result)),
    iterator_return: (iterator, isAsync, out) => answer(out, () => {
      const { iterator: from } = value(iterator), end = from.return;
      const returned = end === undefined || end === null ? {} : Reflect.apply(end, from, []);
      return [GAVE, isAsync ? checked(returned) : object(returned, 'what return() gives')];
    }),
  };
}

/** An iterator, whose method is looked up once. */
class Asked {
  /** @param {any} iterator */
  constructor(iterator) {
    this.iterator = iterator;
    this.next = iterator.next;
  }
}

/** What next() of an asynchronous iterator was fulfilled with. It keeps that from being looked at on the way. */
class Late {
  /** @param {any} result */
  constructor(result) {
    this.result = result;
  }
}

/** Nobody may wait for it. @param {unknown} returned  by an asynchronous iterator */
function checked(returned) {
  const promise = Promise.resolve(returned).then((late) => void object(late, 'what return() gives'));
  promise.catch(() => {});
  return promise;
}

/** @param {any} result  of next()  @returns {[number, unknown]} */
function itemOf(result) {
  return object(result, 'what next() gives').done ? [DONE, undefined] : [GAVE, result.value];
}

/** @param {any} value  @param {string} what */
function object(value, what) {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') throw new TypeError(`${what} is ${describe(value)}, not an object`);
  return value;
}
