// What C's library needs of wasi_snapshot_preview1 beside descriptors: arguments, environment, clocks, random bytes.

import { Exit } from './errors.js';
import { encode } from './memory.js';

/** @typedef {import('./memory.js').Memory} Memory
 *  @typedef {Record<string, (...args: any[]) => any>} Functions
 *
 *  @typedef {object} Setting
 *  @property {readonly string[]} args
 *  @property {Readonly<Record<string, string | undefined>>} env
 *  @property {(ms: number) => void} [pause]  without it the thread can't wait */

/** Errno of WASI. */
const NOTSUP = 58;
/** The most bytes that getRandomValues gives at a time. */
const RANDOM_BYTES = 65536;

/** @param {Memory} memory  @param {Setting} setting  @returns {Functions} */
export function wasiFunctions(memory, { args, env, pause }) {
  const set = Object.entries(env).filter(([, value]) => value !== undefined);
  return {
    ...listFunctions('args', args, memory),
    ...listFunctions('environ', set.map((pair) => pair.join('=')), memory),
    ...hostFunctions(memory, pause),
  };
}

/** How C gets a list of texts: it asks for the sizes, then for the texts.
 *  @param {string} name  @param {readonly string[]} texts  @param {Memory} memory  @returns {Functions} */
function listFunctions(name, texts, memory) {
  const list = texts.map((text) => encode(`${text}\0`));
  return {
    [`${name}_sizes_get`](/** @type {number} */ count, /** @type {number} */ size) {
      memory.setUint32(count, list.length);
      memory.setUint32(size, list.reduce((sum, text) => sum + text.length, 0));
      return 0;
    },
    [`${name}_get`](/** @type {number} */ pointers, /** @type {number} */ to) {
      list.forEach((text, i) => {
        memory.setUint32(pointers + 4 * i, to);
        memory.set(to, text);
        to += text.length;
      });
      return 0;
    },
  };
}

/** @param {Memory} memory  @param {((ms: number) => void) | undefined} pause  @returns {Functions} */
function hostFunctions(memory, pause) {
  return {
    clock_time_get(/** @type {number} */ id, /** @type {bigint} */ _precision, /** @type {number} */ out) {
      memory.setUint64(out, BigInt(Math.round((id ? performance.now() : Date.now()) * 1e6)));
      return 0;
    },
    clock_res_get(/** @type {number} */ _id, /** @type {number} */ out) {
      memory.setUint64(out, 1000n);
      return 0;
    },
    /** C's library calls it for one clock, to sleep outside of any task. */
    poll_oneoff(/** @type {number} */ subscriptions, /** @type {number} */ events, /** @type {number} */ count, /** @type {number} */ out) {
      const asked = memory.slice(subscriptions, 48), kind = asked[8], absolute = asked[40];
      if (!pause || count !== 1 || kind || absolute) return NOTSUP;
      pause((memory.getUint32(subscriptions + 24) + memory.getUint32(subscriptions + 28) * 2 ** 32) / 1e6);
      memory.slice(events, 32).fill(0).set(asked.subarray(0, 8));
      memory.setUint32(out, 1);
      return 0;
    },
    random_get(/** @type {number} */ to, /** @type {number} */ size) {
      const bytes = memory.slice(to, size);
      for (let i = 0; i < bytes.length; i += RANDOM_BYTES) crypto.getRandomValues(bytes.subarray(i, i + RANDOM_BYTES));
      return 0;
    },
    sched_yield: () => 0,
    proc_exit(/** @type {number} */ code) {
      throw new Exit(code);
    },
  };
}
