// What C's library needs of wasi_snapshot_preview1 without files: arguments,
// clocks, random bytes, the three standard streams. Everything else is ENOSYS,
// or Node's own where it is given.

import { Exit } from './errors.js';
import { concat, encode } from './memory.js';

/** @typedef {import('./memory.js').Memory} Memory
 *  @typedef {{ args: readonly string[], env: Readonly<Record<string, string | undefined>>, stdin: import('./input.js').Input,
 *    outputs: import('./output.js').Output[], pause?: (ms: number) => void }} Setting  outputs: of descriptors 1 and 2 */

const BADF = 8, NOSYS = 52, NOTSUP = 58, SPIPE = 70;
const CHARACTER_DEVICE = 2;
/** fd_seek and fd_tell: without them C takes a character device for a terminal. */
const ALL_BUT_SEEK = ~0x24n;

/** @param {Memory} memory  @param {Setting} setting  @returns {Record<string, (...args: any[]) => any>} */
export function wasiFunctions(memory, { args, env, stdin, outputs, pause }) {
  const strings = (/** @type {readonly string[]} */ list) => list.map((text) => encode(`${text}\0`));
  const argv = strings(args);
  const environment = strings(Object.entries(env).filter(([, value]) => value !== undefined).map((pair) => pair.join('=')));
  const isStandard = (/** @type {number} */ fd) => fd >= 0 && fd <= 2;

  const sizes = (/** @type {Uint8Array[]} */ list) => (/** @type {number} */ count, /** @type {number} */ size) => {
    memory.view.setUint32(count, list.length, true);
    memory.view.setUint32(size, list.reduce((sum, text) => sum + text.length, 0), true);
    return 0;
  };
  const copy = (/** @type {Uint8Array[]} */ list) => (/** @type {number} */ pointers, /** @type {number} */ to) => {
    list.forEach((text, i) => {
      memory.view.setUint32(pointers + 4 * i, to, true);
      memory.bytes.set(text, to);
      to += text.length;
    });
    return 0;
  };
  /** @param {number} list  @param {number} count */
  const pieces = (list, count) => Array.from({ length: count }, (_, i) => {
    const at = list + 8 * i;
    return memory.slice(memory.view.getUint32(at, true), memory.view.getUint32(at + 4, true));
  });

  return {
    args_sizes_get: sizes(argv),
    args_get: copy(argv),
    environ_sizes_get: sizes(environment),
    environ_get: copy(environment),

    clock_time_get(/** @type {number} */ id, /** @type {bigint} */ _precision, /** @type {number} */ out) {
      memory.view.setBigUint64(out, BigInt(Math.round((id ? performance.now() : Date.now()) * 1e6)), true);
      return 0;
    },
    clock_res_get(/** @type {number} */ _id, /** @type {number} */ out) {
      memory.view.setBigUint64(out, 1000n, true);
      return 0;
    },
    random_get(/** @type {number} */ to, /** @type {number} */ size) {
      const most = 65536;       // of what getRandomValues gives at a time
      for (let i = 0; i < size; i += most) crypto.getRandomValues(memory.slice(to + i, Math.min(most, size - i)));
      return 0;
    },
    sched_yield: () => 0,
    proc_exit(/** @type {number} */ code) {
      throw new Exit(code);
    },
    /** A sleep outside of any task, in the form that C's library gives it: one clock. */
    poll_oneoff(/** @type {number} */ subscriptions, /** @type {number} */ events, /** @type {number} */ count, /** @type {number} */ out) {
      const { view } = memory;
      if (!pause || count !== 1 || view.getUint8(subscriptions + 8) !== 0 || view.getUint16(subscriptions + 40, true) !== 0) return NOTSUP;
      pause(Number(view.getBigUint64(subscriptions + 24, true)) / 1e6);
      memory.bytes.fill(0, events, events + 32);
      view.setBigUint64(events, view.getBigUint64(subscriptions, true), true);
      view.setUint32(out, 1, true);
      return 0;
    },

    fd_write(/** @type {number} */ fd, /** @type {number} */ list, /** @type {number} */ count, /** @type {number} */ out) {
      const output = outputs[fd - 1];
      if (!output) return BADF;
      const bytes = concat(pieces(list, count));
      const errno = bytes.length && output.write(bytes);
      if (errno) return errno;
      memory.view.setUint32(out, bytes.length, true);
      return 0;
    },
    fd_read(/** @type {number} */ fd, /** @type {number} */ list, /** @type {number} */ count, /** @type {number} */ out) {
      if (fd !== 0) return BADF;
      let got = 0;
      for (const piece of pieces(list, count)) {
        if (!piece.length || (got && !stdin.ready())) continue;
        const data = stdin.read(piece.length);
        piece.set(data);
        got += data.length;
        if (data.length < piece.length) break;
      }
      memory.view.setUint32(out, got, true);
      return 0;
    },
    fd_fdstat_get(/** @type {number} */ fd, /** @type {number} */ out) {
      if (!isStandard(fd)) return BADF;
      memory.bytes.fill(0, out, out + 24);
      memory.view.setUint8(out, (fd ? outputs[fd - 1] : stdin).tty ? CHARACTER_DEVICE : 0);
      memory.view.setBigUint64(out + 8, BigInt.asUintN(64, ALL_BUT_SEEK), true);
      return 0;
    },
    fd_fdstat_set_flags: () => 0,
    fd_close: (/** @type {number} */ fd) => (isStandard(fd) ? 0 : BADF),
    fd_seek: (/** @type {number} */ fd) => (isStandard(fd) ? SPIPE : BADF),
    fd_prestat_get: () => BADF,
    fd_prestat_dir_name: () => BADF,
  };
}

export const notThere = () => NOSYS;

/** Give descriptors from 3 on, and all that is about paths, to `files`.
 *  @param {Record<string, any>} ours  @param {Record<string, any>} files */
export function withFiles(ours, files) {
  const merged = { ...files, ...ours };
  for (const name of Object.keys(ours).filter((key) => key.startsWith('fd_'))) {
    merged[name] = (/** @type {number} */ fd, /** @type {any[]} */ ...rest) => (fd > 2 ? files : ours)[name](fd, ...rest);
  }
  return merged;
}
