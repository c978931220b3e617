// What the program's descriptors are.
//
// Descriptors 0 to 2 are the app's own streams, until the program closes one or puts a file in its place (freopen). The
// host's own descriptors are never touched. From 3 on they are those of the host's files, by the same number.

import { concat } from './memory.js';

/** @typedef {import('./memory.js').Memory} Memory
 *  @typedef {import('./input.js').Input} Input
 *  @typedef {import('./output.js').Output} Output
 *  @typedef {Record<string, (...args: any[]) => any>} Functions */

/** Errno of WASI. */
const BADF = 8, SPIPE = 70;
const CHARACTER_DEVICE = 2;
/** A descriptor's rights. C takes a character device for a terminal if it lacks those to fd_seek and fd_tell. */
const ALL_BUT_SEEK = ~0x24n;

/** @param {Memory} memory  @param {(Input | Output)[]} streams  descriptors 0 to 2  @param {Functions} files
 *  @returns {{ wasi(name: string): Function, is(fd: number, stream: Input): boolean }}
 *    wasi: the function of WASI by its name, for every descriptor; is: whether fd is still this stream */
export function makeDescriptors(memory, streams, files) {
  const ours = streamFunctions(memory);
  /** Those that are not the host's file of the same number: a stream, the number of a file, or nothing: it is closed.
   *  @type {Map<number, Input | Output | number | undefined>} */
  const places = new Map(streams.entries());
  const at = (/** @type {number} */ fd) => (places.has(fd) ? places.get(fd) : fd);
  const call = (/** @type {string} */ name, /** @type {any} */ place, /** @type {any[]} */ ...rest) => {
    if (typeof place === 'number') return files[name]?.(place, ...rest) ?? BADF;
    return place ? ours[name]?.(place, ...rest) ?? SPIPE : BADF;
  };

  /** A file that leaves one of our places: its number may be given to another file. @param {any} place */
  const closeFile = (place) => {
    if (typeof place !== 'number') return 0;
    places.delete(place);
    return call('fd_close', place);
  };

  /** @type {Functions} */
  const own = {
    fd_close(fd) {
      const place = at(fd);
      if (place === undefined) return BADF;
      if (fd < 3) places.set(fd, undefined);
      return closeFile(place);
    },
    fd_renumber(from, to) {
      const place = at(from);
      if (call('fd_datasync', place) === BADF) return BADF;      // it is not open
      if (from > 2 && to > 2) return call('fd_renumber', place, to);
      if (from === to) return 0;
      if (to < 3) closeFile(at(to));
      places.set(to, place).set(from, undefined);
      return 0;
    },
  };
  return {
    wasi: (name) => own[name] ?? ((/** @type {number} */ fd, /** @type {any[]} */ ...rest) => call(name, at(fd), ...rest)),
    is: (fd, stream) => at(fd) === stream,
  };
}

/** The functions of our streams, each with the stream in place of its number. The others answer ESPIPE, as fd_seek does.
 *  @param {Memory} memory  @returns {Functions} */
function streamFunctions(memory) {
  return {
    fd_write(stream, list, count, out) {
      if (!stream.write) return BADF;
      const bytes = concat(pieces(memory, list, count)), { length } = bytes;     // the memory may grow while it is written
      const errno = length && stream.write(bytes);
      if (!errno) memory.setUint32(out, length);
      return errno ?? 0;
    },
    fd_read(stream, list, count, out) {
      if (!stream.read) return BADF;
      const buffer = pieces(memory, list, count).find(({ length }) => length);
      const data = buffer ? stream.read(buffer.length) : [];
      if (typeof data === 'number') return data;
      buffer?.set(data);
      memory.setUint32(out, data.length);
      return 0;
    },
    fd_fdstat_get({ tty }, out) {
      memory.slice(out, 24).fill(0)[0] = tty ? CHARACTER_DEVICE : 0;
      memory.setUint64(out + 8, ALL_BUT_SEEK);
      return 0;
    },
    fd_filestat_get({ tty }, out) {
      memory.slice(out, 64).fill(0)[16] = tty ? CHARACTER_DEVICE : 0;
      return 0;
    },
    fd_fdstat_set_flags: () => 0,
  };
}

/** The buffers of a read or write.
 *  @param {Memory} memory  @param {number} list  address of their addresses and sizes  @param {number} count */
export function pieces(memory, list, count) {
  return Array.from({ length: count }, (_, i) => {
    const at = list + 8 * i;
    return memory.slice(memory.getUint32(at), memory.getUint32(at + 4));
  });
}
