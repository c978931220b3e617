// A tree of folders, files and links in memory, with POSIX's rules for paths.
//
// What a call refuses it throws as a Refusal, which has POSIX's code. tree_functions.js makes a number of it for C, and
// disk.js an error for JavaScript.

/** What was refused. It is no Error, because a program may look for many files that are not there. */
export class Refusal {
  /** @param {string} code  of POSIX */
  constructor(code) {
    this.code = code;
  }
}

/** @param {string} code  @returns {never} */
export function refuse(code) {
  throw new Refusal(code);
}

/** A time as WASI has it. @param {number} [ms]  since 1970; default: now */
export const nanoseconds = (ms = Date.now()) => BigInt(Math.trunc(ms)) * 1_000_000n;

let lastNumber = 0n;

class Inode {
  number = ++lastNumber;
  /** In how many folders it is. */
  links = 0;
  atim = nanoseconds();
  mtim = this.atim;
  ctim = this.atim;
  size = 0;

  /** The content has changed. */
  touch() {
    this.mtim = this.ctim = nanoseconds();
  }
}

export class Folder extends Inode {
  type = 3;       // these are WASI's numbers
  /** @type {Map<string, AnyNode>} */
  entries = new Map();
  /** undefined: it is in no folder any more. @type {Folder | undefined} */
  parent;
  /** It can't be moved or removed: the root, and what a handle stands for. */
  fixed = false;

  /** @param {string} name  that it has not  @param {AnyNode} node */
  put(name, node) {
    this.entries.set(name, node);
    this.touch();
    node.links++;
    node.ctim = this.ctim;
    if (node instanceof Folder) node.parent = this;
  }

  /** @param {string} name  that it has */
  take(name) {
    const node = /** @type {AnyNode} */ (this.entries.get(name));
    this.entries.delete(name);
    this.touch();
    node.links--;
    node.ctim = this.ctim;
    if (node instanceof Folder) node.parent = undefined;
  }
}

export class Link extends Inode {
  type = 7;

  /** @param {string} target  a path  @param {number} size  of it, in bytes */
  constructor(target, size) {
    super();
    this.target = target;
    this.size = size;
  }
}

export class File extends Inode {
  type = 4;
  /** Counts the changes of the content. */
  version = 0;
  #room;

  /** @param {Uint8Array} [bytes]  the file takes them  @param {number} [modified]  in milliseconds since 1970 */
  constructor(bytes = new Uint8Array(), modified = Date.now()) {
    super();
    this.#room = bytes;
    this.size = bytes.length;
    this.mtim = nanoseconds(modified);
  }

  /** The bytes themselves, until the next change. */
  get bytes() {
    return this.#room.subarray(0, this.size);
  }

  touch() {
    super.touch();
    this.version++;
  }

  /** Behind its size the room holds zeros, so that a file that grows again has zeros there.
   *  @param {number} size */
  resize(size) {
    if (size > this.#room.length) {
      const grown = roomFor(size, this.#room.length);
      grown.set(this.bytes);
      this.#room = grown;
    } else if (size) this.#room.fill(0, size, this.size);
    else return this.replace(new Uint8Array());
    this.size = size;
    this.touch();
  }

  /** Take other bytes for content. @param {Uint8Array} bytes */
  replace(bytes) {
    this.#room = bytes;
    this.size = bytes.length;
    this.touch();
  }

  /** @param {number} at  @param {Uint8Array[]} pieces  @returns {number} where the next byte is */
  write(at, pieces) {
    const end = pieces.reduce((sum, piece) => sum + piece.length, at);
    if (end === at) return at;
    if (end > this.size) this.resize(end);
    else this.touch();
    for (const piece of pieces) {
      this.#room.set(piece, at);
      at += piece.length;
    }
    return end;
  }
}

/** Twice as much as before, so that a file that grows by small pieces is not copied for each. If that is not to be had, what is needed.
 *  @param {number} size  @param {number} before */
function roomFor(size, before) {
  for (const length of [Math.max(size, 2 * before), size]) {
    try {
      return new Uint8Array(length);
    } catch {
      // a RangeError
    }
  }
  return refuse('ENOSPC');
}

/** @typedef {Folder | File | Link} AnyNode
 *
 *  @typedef {object} Place  where a path leads to
 *  @property {Folder} folder  the last one before the end
 *  @property {string} name  in that folder; '', '.' or '..' names none of its entries
 *  @property {AnyNode | undefined} node  what is there
 *  @property {boolean} slash  the path ends with one, so it means a folder */

/** How many links one path may lead through. */
const LINKS_MOST = 40;

export class Tree {
  root = new Folder();

  constructor() {
    this.root.parent = this.root;
    this.root.fixed = true;
  }

  /** Go along a path. What it ends at may be missing; what comes before may not.
   *  @param {Folder} from  @param {string} path  @param {boolean} [follow]  also the link that it ends at
   *  @param {{ links: number }} [seen]  @returns {Place} */
  find(from, path, follow = true, seen = { links: 0 }) {
    if (!path) refuse('ENOENT');
    const names = path.split('/').filter(Boolean);
    let slash = path.endsWith('/'), folder = path.startsWith('/') ? this.root : from, name = '', node = /** @type {AnyNode | undefined} */ (folder);
    for (const [i, next] of names.entries()) {
      folder = asFolder(node);
      name = next;
      node = name === '.' ? folder : name === '..' ? folder.parent : folder.entries.get(name);
      const ends = i === names.length - 1;
      if (node instanceof Link && (follow || slash || !ends)) {
        if (++seen.links > LINKS_MOST) refuse('ELOOP');
        const place = this.find(folder, node.target, true, seen);
        ({ folder, name, node } = place);
        if (ends) slash ||= place.slash;
      }
    }
    if (slash && node) asFolder(node);
    return { folder, name, node, slash };
  }

  /** @param {Place} place  @param {AnyNode} node  which is in no folder, or a File or Link */
  add({ folder, name, node: there, slash }, node) {
    if (there) refuse('EEXIST');
    if (!folder.parent || (slash && !(node instanceof Folder))) refuse('ENOENT');
    folder.put(name, node);
  }

  /** @param {Place} place */
  unlink({ folder, name, node, slash }) {
    if (!node) refuse('ENOENT');
    if (node instanceof Folder) refuse('EISDIR');
    if (slash) refuse('ENOTDIR');
    folder.take(name);
  }

  /** @param {Place} place */
  removeFolder({ folder, name, node }) {
    const gone = asFolder(node);
    if (name === '.') refuse('EINVAL');
    if (gone.fixed) refuse('EBUSY');
    if (name === '..' || gone.entries.size) refuse('ENOTEMPTY');
    folder.take(name);
  }

  /** @param {Place} from  @param {Place} to */
  rename(from, to) {
    const { node } = from, there = to.node;
    if (isDots(from.name) || isDots(to.name)) refuse('EBUSY');
    if (!node) refuse('ENOENT');
    if (node instanceof Folder) {
      if (node.fixed) refuse('EBUSY');
      if (isIn(to.folder, node)) refuse('EINVAL');
    } else if (from.slash || to.slash) refuse('ENOTDIR');
    if (there === node) return;
    if (there instanceof Folder) {
      if (isIn(from.folder, there)) refuse('ENOTEMPTY');
      if (!(node instanceof Folder)) refuse('EISDIR');
      this.removeFolder(to);
    } else if (there) {
      if (node instanceof Folder) refuse('ENOTDIR');
      to.folder.take(to.name);
    }
    if (!to.folder.parent) refuse('ENOENT');
    from.folder.take(from.name);
    to.folder.put(to.name, node);
  }
}

/** @param {AnyNode | undefined} node  @returns {Folder} */
export function asFolder(node) {
  return node instanceof Folder ? node : refuse(node ? 'ENOTDIR' : 'ENOENT');
}

/** Whether a folder is the other one, or below it. @param {Folder | undefined} folder  @param {Folder} other */
function isIn(folder, other) {
  while (folder && folder !== other && folder !== folder.parent) folder = folder.parent;
  return folder === other;
}

/** @param {string} name */
const isDots = (name) => name === '.' || name === '..';
