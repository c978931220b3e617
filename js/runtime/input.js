// A program's stdin, made of what load() is given.

import { encode } from './memory.js';

/** @typedef {object} Input
 *  @property {(size: number) => Uint8Array} read  at most `size` bytes of what has arrived; none: this is the end
 *  @property {() => boolean} ready  something has arrived, or the end
 *  @property {(on: boolean, arrived: () => void) => void} watch  on: fetch, and call arrived() when there may be something to read
 *  @property {boolean} tty
 *
 *  @typedef {() => PromiseLike<{ done?: boolean, value?: any }>} Next  fetches the next chunk */

/** @param {any} [source]  a string, bytes, or a stream or iterable of both; nothing at all is an empty stdin  @returns {Input} */
export function inputFrom(source) {
  if (source === undefined || source === null) return fromChunks([]);
  if (typeof source === 'string' || source instanceof Uint8Array) return fromChunks([toBytes(source)]);
  return fromChunks([], nextOf(source));
}

/** @param {string | Uint8Array} data */
function toBytes(data) {
  return typeof data === 'string' ? encode(data) : data;
}

/** @param {any} source  @returns {Next} */
function nextOf(source) {
  if (typeof source.getReader === 'function') {
    const reader = source.getReader();
    return () => reader.read();
  }
  const iterator = (source[Symbol.asyncIterator] ?? source[Symbol.iterator])?.call(source);
  if (!iterator) throw new TypeError('stdin is a string, bytes, or a stream or iterable of them');
  return async () => iterator.next();
}

/** @param {Uint8Array[]} chunks  what has arrived
 *  @param {Next} [next]  without it nothing else comes
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
      next = undefined;        // a stream that breaks counts as ended
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
