// What C asks of values of JavaScript: bide_js_… of bide/js.h. wasm/js/js_value.c is C's half of it.

import { describe } from './describe.js';
import { BideError } from './errors.js';
import { crossing, failureOf, I64 } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** The functions that js_value.c imports.
 *  @param {Runtime} runtime  @param {Record<string, Function>} user  those of load()'s option `imports`
 *  @returns {Record<string, (...args: number[]) => number>} */
export function valueImports(runtime, user) {
  const { memory, values } = runtime;
  const text = (/** @type {number} */ at) => memory.text(at), value = (/** @type {number} */ at) => /** @type {any} */ (values.get(at));
  const list = (/** @type {number} */ at, /** @type {number} */ n) => values.list(at >>> 0, n >>> 0);

  /** Do it, and write what comes of it. @param {number} out  @param {() => unknown} ask  @returns {number} 0: no memory */
  function answer(out, ask) {
    let outcome;
    try {
      outcome = crossing(ask(), 'JavaScript');
    } catch (error) {
      outcome = failureOf(error);
    }
    if (runtime.ended) throw runtime.ended;
    return Number(values.put(out, outcome));
  }

  return {
    value_global: (path, out) => answer(out, () => text(path).split('.').reduce((/** @type {any} */ object, key) => object[key], globalThis)),
    value_import: (name, out) => answer(out, () => importOf(user, text(name))),
    value_get: (object, key, out) => answer(out, () => value(object)[text(key)]),
    value_get_index: (object, index, out) => answer(out, () => value(object)[index >>> 0]),
    value_set: (object, key, to, out) => answer(out, () => put(value(object), text(key), value(to))),
    value_set_index: (object, index, to, out) => answer(out, () => put(value(object), index >>> 0, value(to))),
    value_call: (fn, args, n, out) => answer(out, () => Reflect.apply(callable(value(fn), 'what is called'), undefined, list(args, n))),
    value_call_method: (object, name, args, n, out) => answer(out, () => method(value(object), text(name), list(args, n))),
    value_new: (constructor, args, n, out) => answer(out, () => Reflect.construct(value(constructor), list(args, n))),
    value_object: (isArray, out) => answer(out, () => (isArray ? [] : {})),
    value_text: (from, out) => answer(out, () => String(value(from))),
    value_is: (from, type) => Number(isOf(value(from), text(type)) || (values.kind(from) === I64 && text(type) === 'bigint')),
    value_promise: (task, from) => runtime.promises.ask(task, 'a value of JavaScript', () => value(from)),
  };
}

/** @param {Record<string, Function>} user  @param {string} name */
function importOf(user, name) {
  if (!Object.hasOwn(user, name)) throw new BideError('ELOOKUP', `load() was given no import ${name}`);
  return user[name];
}

/** Throws as an engine does, which would show the source of this file. @param {any} fn  @param {string} name */
function callable(fn, name) {
  if (typeof fn !== 'function') throw new TypeError(`${name} is ${describe(fn)}, not a function`);
  return fn;
}

/** @param {any} object  @param {string} name  @param {unknown[]} args */
const method = (object, name, args) => Reflect.apply(callable(object[name], name), object, args);

/** Assign as strict code does. @param {any} object  @param {string | number} key  @param {unknown} value */
function put(object, key, value) {
  object[key] = value;
}

/** @param {any} value  @param {string} type  what typeof answers, or the name of a class */
function isOf(value, type) {
  if (typeof value === type) return true;
  try {
    for (let one = value; one !== null && typeof one === 'object' || typeof one === 'function'; one = Object.getPrototypeOf(one)) {
      const own = Object.getOwnPropertyDescriptor(one, 'constructor');
      if (own?.value?.name === type) return true;
    }
  } catch {
    // A proxy may throw. It is of no class then.
  }
  return false;
}
