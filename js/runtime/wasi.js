// What C's library needs of wasi_snapshot_preview1 without files: arguments, environment, clocks, random bytes,
// the three standard streams. A function that is missing here answers ENOSYS, or is that of the host's files.

import { Exit } from './errors.js';
import { concat, encode } from './memory.js';

/** @typedef {import('./memory.js').Memory} Memory
 *  @typedef {import('./input.js').Input} Input
 *  @typedef {import('./output.js').Output} Output
 *  @typedef {Record<string, (...args: any[]) => any>} Functions
 *
 *  @typedef {object} Setting
 *  @property {readonly string[]} args
 *  @property {Readonly<Record<string, string | undefined>>} env
 *  @property {Input} stdin
 *  @property {Output[]} outputs  descriptors 1 and 2
 *  @property {(ms: number) => void} [pause]  without it the thread can't wait */

/** Errno of WASI. */
const BADF = 8, NOSYS = 52, NOTSUP = 58, SPIPE = 70;
const CHARACTER_DEVICE = 2;
/** A descriptor's rights. C takes a character device for a terminal if it lacks those to fd_seek and fd_tell. */
const ALL_BUT_SEEK = ~0x24n;
/** The most bytes that getRandomValues gives at a time. */
const RANDOM_BYTES = 65536;

/** @param {Memory} memory  @param {Setting} setting  @returns {Functions} */
export function wasiFunctions(memory, { args, env, stdin, outputs, pause }) {
  const set = Object.entries(env).filter(([, value]) => value !== undefined);
  return {
    ...listFunctions('args', args, memory),
    ...listFunctions('environ', set.map((pair) => pair.join('=')), memory),
    ...hostFunctions(memory, pause),
    ...streamFunctions(memory, stdin, outputs),
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

/** @param {Memory} memory  @param {Input} stdin  @param {Output[]} outputs  @returns {Functions} */
function streamFunctions(memory, stdin, outputs) {
  const isStandard = (/** @type {number} */ fd) => fd >= 0 && fd <= 2;
  return {
    fd_write(/** @type {number} */ fd, /** @type {number} */ list, /** @type {number} */ count, /** @type {number} */ out) {
      const output = outputs[fd - 1];
      if (!output) return BADF;
      const bytes = concat(pieces(memory, list, count));
      const errno = bytes.length && output.write(bytes);
      if (errno) return errno;
      memory.setUint32(out, bytes.length);
      return 0;
    },
    fd_read(/** @type {number} */ fd, /** @type {number} */ list, /** @type {number} */ count, /** @type {number} */ out) {
      if (fd !== 0) return BADF;
      memory.setUint32(out, readInto(pieces(memory, list, count), stdin));
      return 0;
    },
    fd_fdstat_get(/** @type {number} */ fd, /** @type {number} */ out) {
      if (!isStandard(fd)) return BADF;
      memory.slice(out, 24).fill(0)[0] = (fd ? outputs[fd - 1] : stdin).tty ? CHARACTER_DEVICE : 0;
      memory.setUint64(out + 8, ALL_BUT_SEEK);
      return 0;
    },
    fd_fdstat_set_flags: () => 0,
    fd_close: (/** @type {number} */ fd) => (isStandard(fd) ? 0 : BADF),
    fd_seek: (/** @type {number} */ fd) => (isStandard(fd) ? SPIPE : BADF),
    fd_prestat_get: () => BADF,
    fd_prestat_dir_name: () => BADF,
  };
}

/** The buffers of a read or write.
 *  @param {Memory} memory  @param {number} list  address of their addresses and sizes  @param {number} count */
function pieces(memory, list, count) {
  return Array.from({ length: count }, (_, i) => {
    const at = list + 8 * i;
    return memory.slice(memory.getUint32(at), memory.getUint32(at + 4));
  });
}

/** Fill the buffers with what has arrived; only the first may wait.
 *  @param {Uint8Array[]} buffers  @param {Input} stdin  @returns {number} how many bytes */
function readInto(buffers, stdin) {
  let got = 0;
  for (const buffer of buffers) {
    if (!buffer.length || (got && !stdin.ready())) continue;
    const data = stdin.read(buffer.length);
    buffer.set(data);
    got += data.length;
    if (data.length < buffer.length) break;
  }
  return got;
}

export const notThere = () => NOSYS;

/** The host's functions for paths and for descriptors from 3 on, ours for the rest.
 *  @param {Functions} ours  @param {Functions} files */
export function withFiles(ours, files) {
  const merged = { ...files, ...ours };
  for (const name of Object.keys(ours).filter((key) => key.startsWith('fd_'))) {
    merged[name] = (/** @type {number} */ fd, /** @type {any[]} */ ...rest) => (fd > 2 ? files : ours)[name](fd, ...rest);
  }
  return merged;
}
