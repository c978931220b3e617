// What the descriptors of a program mean, and WASI's functions for them, where files are a tree in memory.
//
// Descriptor 3 is the root of the tree. libc finds it, and takes all paths from there.

import { pieces } from './descriptors.js';
import { encode } from './memory.js';
import { asFolder, File, Folder, nanoseconds, refuse } from './tree.js';

/** @typedef {import('./memory.js').Memory} Memory
 *  @typedef {import('./tree.js').AnyNode} AnyNode
 *  @typedef {Record<string, (...args: any[]) => any>} Functions
 *
 *  @typedef {object} Open
 *  @property {AnyNode} node
 *  @property {number} at  where the next byte is
 *  @property {number} flags  those of WASI
 *  @property {bigint} rights  what may be done with it
 *  @property {[string, AnyNode][]} [listing]  of a folder: its entries when somebody began to read them */

const ROOT = 3;
/** A flag, and two rights. */
const APPEND = 1, READ = 2n;
export const WRITE = 64n;
const ALL = -1n;
/** Which times are to be set, and which to the present. */
const ATIM = 1, ATIM_NOW = 2, MTIM = 4, MTIM_NOW = 8;
/** Bytes of a listed entry that come before its name. */
const ENTRY = 24;

export class OpenFiles {
  /** By their descriptors. @type {(Open | undefined)[]} */
  #all = [];

  /** @param {Folder} root */
  constructor(root) {
    this.#all[ROOT] = { node: root, at: 0, flags: 0, rights: ALL };
  }

  /** @param {number} fd  @returns {Open} */
  at(fd) {
    return this.#all[fd] ?? refuse('EBADF');
  }

  /** @param {number} fd  @param {bigint} [right]  that it must have  @returns {Open & { node: File }} */
  fileAt(fd, right = ALL) {
    const open = this.at(fd);
    if (!(open.rights & right)) refuse('EBADF');
    return open.node instanceof Folder ? refuse('EISDIR') : /** @type {any} */ (open);
  }

  /** @param {Open} open  @returns {number} the lowest descriptor that is free */
  add(open) {
    let fd = ROOT;
    while (this.#all[fd]) fd++;
    this.#all[fd] = open;
    return fd;
  }

  /** @param {number} from  @param {number} [to]  another one, that it becomes; by default it is closed */
  move(from, to) {
    const open = this.at(from);
    if (to !== undefined) this.at(to);
    this.#all[from] = undefined;
    if (to !== undefined) this.#all[to] = open;
  }

  clear() {
    this.#all = [];
  }
}

/** @param {Memory} memory  @param {OpenFiles} files  @returns {Functions} */
export function contentFunctions(memory, files) {
  /** @param {Open & { node: File }} open  @param {number} list  @param {number} count  @param {number} at  @param {number} out  @returns {number} */
  const read = ({ node }, list, count, at, out) => {
    const end = readInto(pieces(memory, list, count), node.bytes, at);
    memory.setUint32(out, end - at);
    return end;
  };
  /** @type {typeof read} */
  const write = ({ node }, list, count, at, out) => {
    const end = node.write(at, pieces(memory, list, count));
    memory.setUint32(out, end - at);
    return end;
  };
  return {
    fd_read(fd, list, count, out) {
      const open = files.fileAt(fd, READ);
      open.at = read(open, list, count, open.at, out);
    },
    fd_pread(fd, list, count, offset, out) {
      read(files.fileAt(fd, READ), list, count, sizeOf(offset), out);
    },
    fd_write(fd, list, count, out) {
      const open = files.fileAt(fd, WRITE);
      open.at = write(open, list, count, open.flags & APPEND ? open.node.size : open.at, out);
    },
    fd_pwrite(fd, list, count, offset, out) {
      write(files.fileAt(fd, WRITE), list, count, sizeOf(offset), out);
    },
    fd_seek(fd, offset, whence, out) {
      const open = files.at(fd), start = [0, open.at, open.node.size][whence] ?? refuse('EINVAL');
      open.at = sizeOf(BigInt(start) + offset);
      memory.setUint64(out, BigInt(open.at));
    },
    fd_tell: (fd, out) => memory.setUint64(out, BigInt(files.at(fd).at)),
    fd_allocate(fd, offset, size) {
      const { node } = files.fileAt(fd, WRITE), end = sizeOf(offset) + sizeOf(size);
      if (end > node.size) node.resize(end);
    },
    fd_filestat_set_size(fd, size) {
      const { node, rights } = files.at(fd);
      if (!(node instanceof File && rights & WRITE)) refuse('EINVAL');
      node.resize(sizeOf(size));
    },
  };
}

/** @param {Memory} memory  @param {OpenFiles} files  @returns {Functions} */
export function descriptorFunctions(memory, files) {
  const check = (/** @type {number} */ fd) => { files.at(fd); };
  const checkRoot = (/** @type {number} */ fd) => { if (fd !== ROOT) refuse('EBADF'); };
  return {
    fd_advise: check,
    fd_datasync: check,
    fd_sync: check,
    fd_close: (fd) => files.move(fd),
    fd_renumber: (from, to) => files.move(from, to),
    fd_prestat_get(fd, out) {
      checkRoot(fd);
      memory.setUint64(out, 0x1_0000_0000n);       // it is a folder, and its name has one letter
    },
    fd_prestat_dir_name(fd, out) {
      checkRoot(fd);
      memory.set(out, encode('/'));
    },
    fd_fdstat_get(fd, out) {
      const { node, flags, rights } = files.at(fd), stat = memory.slice(out, 24).fill(0);
      stat[0] = node.type;
      stat[2] = flags;
      memory.setUint64(out + 8, rights);
      memory.setUint64(out + 16, ALL);
    },
    fd_fdstat_set_flags(fd, flags) {
      files.at(fd).flags = flags;
    },
    fd_filestat_get: (fd, out) => putStat(memory, files.at(fd).node, out),
    fd_filestat_set_times: (fd, ...times) => setTimes(files.at(fd).node, times),
    fd_readdir(fd, to, size, cookie, out) {
      const open = files.at(fd), folder = asFolder(open.node);
      if (!cookie || !open.listing) open.listing = [['.', folder], ['..', folder.parent ?? folder], ...folder.entries];
      memory.setUint32(out, putEntries(memory.slice(to, size), open.listing, Number(cookie)));
    },
  };
}

/** A size of a file, or a place in it. @param {bigint} number */
function sizeOf(number) {
  if (number < 0) refuse('EINVAL');
  return number <= Number.MAX_SAFE_INTEGER ? Number(number) : refuse('EOVERFLOW');
}

/** @param {Uint8Array[]} buffers  @param {Uint8Array} bytes  @param {number} at  @returns {number} where the next byte is */
function readInto(buffers, bytes, at) {
  for (const buffer of buffers) {
    const part = bytes.subarray(at, at + buffer.length);
    buffer.set(part);
    at += part.length;
  }
  return at;
}

/** @param {Memory} memory  @param {AnyNode} node  @param {number} out */
export function putStat(memory, { type, number, links, size, atim, mtim, ctim }, out) {
  const device = 1n;
  for (const [i, value] of [device, number, BigInt(type), BigInt(links), BigInt(size), atim, mtim, ctim].entries()) memory.setUint64(out + 8 * i, value);
}

/** @param {AnyNode} node  @param {any[]} times  atim, mtim, and which of them */
export function setTimes(node, [atim, mtim, which]) {
  const now = nanoseconds();
  if (which & (ATIM | ATIM_NOW)) node.atim = which & ATIM ? atim : now;
  if (which & (MTIM | MTIM_NOW)) node.mtim = which & MTIM ? mtim : now;
  node.ctim = now;
}

/** Write down entries of a folder, as many as there is room for. When the last one is cut off, C asks for it again.
 *  @param {Uint8Array} room  @param {[string, AnyNode][]} listing  @param {number} from  @returns {number} how many bytes they take */
function putEntries(room, listing, from) {
  let used = 0;
  for (let i = from; i < listing.length && used < room.length; i++) {
    const [name, { number, type }] = listing[i], text = encode(name), entry = new Uint8Array(ENTRY + text.length), view = new DataView(entry.buffer);
    view.setBigUint64(0, BigInt(i + 1), true);
    view.setBigUint64(8, number, true);
    view.setUint32(16, text.length, true);
    entry[20] = type;
    entry.set(text, ENTRY);
    const part = entry.subarray(0, room.length - used);
    room.set(part, used);
    used += part.length;
  }
  return used;
}
