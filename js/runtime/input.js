// Where a program's stdin comes from, if not from the process.

import { encode } from './memory.js';

/** @typedef {{ read(size: number): Uint8Array, ready(): boolean, watch(on: boolean, arrived: () => void): void, tty: boolean }} Input
 *    read: what is there, at most `size` bytes; none at the end.
 *    watch: from now on (or no longer) call arrived() when there may be something to read */

/** @param {any} source  string, bytes, or an (async) iterable or ReadableStream of them  @returns {Input} */
export function inputFrom(source) {
  if (source === undefined || source === null) return fromChunks([]);
  if (typeof source === 'string' || source instanceof Uint8Array) return fromChunks([toBytes(source)]);
  return fromChunks([], nextOf(source));
}

/** @param {string | Uint8Array} data */
function toBytes(data) {
  return typeof data === 'string' ? encode(data) : data;
}

/** @param {any} source  @returns {() => PromiseLike<{ done?: boolean, value?: any }>} */
function nextOf(source) {
  if (typeof source.getReader === 'function') {
    const reader = source.getReader();
    return () => reader.read();
  }
  const iterator = (source[Symbol.asyncIterator] ?? source[Symbol.iterator])?.call(source);
  if (!iterator) throw new TypeError('stdin is a string, bytes, or a stream or iterable of them');
  return async () => iterator.next();
}

/** @param {Uint8Array[]} chunks  what is there already
 *  @param {() => PromiseLike<{ done?: boolean, value?: any }>} [next]  fetches more; absent: that is all
 *  @returns {Input} */
export function fromChunks(chunks, next) {
  let watched = false, fetching = false;
  let arrived = () => {};

  const fetch = () => {
    if (!next || !watched || fetching || chunks.length) return;
    fetching = true;
    next().then(({ done, value }) => {
      if (done) next = undefined;
      else if (value.length) chunks.push(toBytes(value));
      fetched();
    }, () => {
      next = undefined;        // a stream that breaks ends
      fetched();
    });
  };
  const fetched = () => {
    fetching = false;
    fetch();
    arrived();
  };

  return {
    tty: false,
    ready: () => chunks.length > 0 || !next,
    read(size) {
      const first = chunks.shift();
      if (!first) return new Uint8Array();
      if (first.length > size) chunks.unshift(first.subarray(size));
      fetch();
      return first.subarray(0, size);
    },
    watch(on, notify) {
      watched = on;
      arrived = notify;
      fetch();
    },
  };
}
