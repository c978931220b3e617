// A program's stdin, made of what load() is given.

import { encode } from './memory.js';

/** @typedef {object} Input
 *  @property {(size: number) => Uint8Array | number} read  at most `size` bytes of what has arrived, none: this is the end; or a WASI errno
 *  @property {() => boolean} ready  something has arrived, or the end
 *  @property {(on: boolean, arrived: () => void) => void} watch  on: fetch, and call arrived() when there may be something to read
 *  @property {() => void} [release]  the program has ended
 *  @property {boolean} tty
 *
 *  @typedef {object} Source
 *  @property {() => PromiseLike<{ done?: boolean, value?: any }>} next  fetches the next chunk
 *  @property {() => void} [rest]  nobody waits for a chunk: it is as it was before
 *  @property {() => void} release  nobody will wait again */

/** Errno of WASI. */
const IO = 29;

const settled = /* @__PURE__ */ Promise.resolve();

/** @param {any} [source]  a string, bytes, or a stream or iterable of both; nothing at all is an empty stdin  @returns {Input} */
export function inputFrom(source) {
  if (source === undefined || source === null) return fromChunks([]);
  if (typeof source === 'string' || isBytes(source)) return fromChunks([toBytes(source)]);
  return fromChunks([], sourceOf(source));
}

/** @param {any} data */
const isBytes = (data) => data instanceof ArrayBuffer || ArrayBuffer.isView(data);

/** @param {any} data  @returns {Uint8Array} */
function toBytes(data) {
  if (typeof data === 'string') return encode(data);
  if (!isBytes(data)) throw new TypeError('stdin is a string, bytes, or a stream or iterable of them');
  return data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** What the source calls runs in a microtask, since C may be on the stack.
 *  @param {any} source  @returns {Source} */
function sourceOf(source) {
  if (typeof source.getReader === 'function') {
    const reader = source.getReader();
    return { next: () => settled.then(() => reader.read()), release: () => reader.releaseLock() };
  }
  if (typeof source.on === 'function' && typeof source.resume === 'function') return fromNode(source);
  const iterator = (source[Symbol.asyncIterator] ?? source[Symbol.iterator])?.call(source);
  if (!iterator) toBytes(source);
  return { next: () => settled.then(() => iterator.next()), release: () => settled.then(() => iterator.return?.()).catch(() => {}) };
}

/** A Readable of Node. It has listeners, and flows, only while somebody waits for a chunk.
 *  @param {any} stream  @returns {Source} */
export function fromNode(stream) {
  let leave = () => {};
  /** The stream may break while nobody waits. The next wait finds that. */
  const broken = () => {};
  let guarded = false;
  /** @param {(result: any) => void} resolve  @param {(error: unknown) => void} reject */
  const wait = (resolve, reject) => {
    const { readableFlowing, errored } = stream;
    if (!guarded) stream.on('error', broken);
    guarded = true;
    if (errored) return reject(errored);
    if (stream.readableEnded || stream.destroyed) return resolve({ done: true });
    const end = () => settle(resolve, { done: true });
    /** @type {Record<string, (...args: any[]) => void>} */
    const listeners = { data: (value) => settle(resolve, { value }), end, close: end, error: (error) => settle(reject, error) };
    leave = () => {
      leave = () => {};
      for (const name in listeners) stream.off(name, listeners[name]);
      if (readableFlowing) return;
      stream.readableFlowing = readableFlowing;
      stream.emit('pause');          // a handle that reads keeps Node alive; pause() would leave a mark
    };
    const settle = (/** @type {(result: any) => void} */ how, /** @type {any} */ result) => {
      leave();
      how(result);
    };
    for (const name in listeners) stream.on(name, listeners[name]);
    stream.resume();
  };
  const release = () => {
    leave();
    if (!stream.errored) stream.off('error', broken);      // else the event may still come
  };
  return { next: () => new Promise(wait), rest: () => leave(), release };
}

/** @param {Uint8Array[]} chunks  what has arrived
 *  @param {Source} [source]  without it nothing else comes
 *  @param {(error: any) => number} [errnoOf]  of what the source failed with
 *  @returns {Input} */
export function fromChunks(chunks, source, errnoOf = () => IO) {
  let watched = false, fetching = false, errno = 0;
  let arrived = () => {};

  const fetch = () => {
    if (!source || !watched || fetching || chunks.length) return;
    fetching = true;
    source.next().then(({ done, value }) => {
      if (done) release();
      else if (toBytes(value).length) chunks.push(toBytes(value));
    }).then(undefined, (error) => {
      errno = errnoOf(error);
      release();
    }).then(() => {
      fetching = false;
      fetch();
      arrived();
    });
  };
  const release = () => {
    source?.release();
    source = undefined;
  };

  return {
    tty: false,
    ready: () => chunks.length > 0 || !source,
    read(size) {
      const first = chunks.shift();
      if (!first) {
        const failed = errno;
        errno = 0;
        return failed || new Uint8Array();
      }
      if (first.length > size) chunks.unshift(first.subarray(size));
      fetch();
      return first.subarray(0, size);
    },
    watch(on, notify) {
      watched = on;
      arrived = notify;
      if (!on && source?.rest) {
        source.rest();
        fetching = false;      // what it fetched never comes
      }
      fetch();
    },
    release,
  };
}
