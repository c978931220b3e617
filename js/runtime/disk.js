// The files of an app that has none of its host's, as JavaScript sees them.

import { contentOf } from './given_files.js';
import { isHandle, readHandle, writeBack } from './handles.js';
import { decode, encode } from './memory.js';
import { asFolder, File, Folder, Refusal, refuse, Tree } from './tree.js';

/** @typedef {import('./platform.js').Platform} Platform
 *  @typedef {import('./handles.js').Note} Note */

/** What POSIX's codes mean to those who name a path. @type {Record<string, string>} */
const MEANINGS = {
  EEXIST: 'it is there already', EINVAL: 'it is no path', EISDIR: 'it is a folder',
  ENOENT: 'no such file or folder', ENOTDIR: 'it is no folder, or in none',
};

export class Disk {
  tree = new Tree();
  #host;
  /** Handles, each with its path. @type {[string, Note][]} */
  #handles = [];
  /** The last writing back that was asked for. @type {Promise<void>} */
  #synced = Promise.resolve();

  /** @param {Platform | Promise<Platform>} host */
  constructor(host) {
    this.#host = host;
  }

  /** Put in what load() was given. Handles come first, so that a file may be given for the folder of one.
   *  @param {any} [files]  contents by their paths  @param {Record<string, any>} [packed]  which these replace */
  async fill(files = {}, packed = {}) {
    if (typeof files !== 'object' || !files || Symbol.iterator in files) throw new TypeError('load: `files` is an object: contents by their paths');
    const given = [packed, files].flatMap(Object.entries), handles = given.filter(([, content]) => isHandle(content)), others = given.filter(([, content]) => !isHandle(content));
    const [contents, notes] = await Promise.all([
      Promise.all(others.map(([path, content]) => contentOf(content, `load: files: ${path}`, this.#host))),
      Promise.all(handles.map(([, handle]) => readHandle(handle))),
    ]);
    const refused = (/** @type {string} */ path, /** @type {string} */ code) => new TypeError(`load: files: ${path}: ${meaning(code)}`);
    for (const [i, [path]] of handles.entries()) asked(path, (name) => this.#attach(name, notes[i]), refused);
    for (const [i, [path, { lastModified }]] of others.entries()) asked(path, (name) => this.#put(name, contents[i], lastModified), refused);
  }

  /** @param {string} path  @returns {Uint8Array} a copy */
  readFile(path) {
    return asked(path, (name) => {
      const { node } = this.tree.find(this.tree.root, name);
      if (node instanceof File) return node.bytes.slice();
      return refuse(node ? 'EISDIR' : 'ENOENT');
    });
  }

  /** @param {string} path  @param {any} content */
  async writeFile(path, content) {
    const bytes = await contentOf(content, `app.writeFile: ${path}`, this.#host);
    asked(path, (name) => this.#put(name, bytes));
  }

  /** @param {string} path  @returns {string[]} */
  list(path) {
    return asked(path, (name) => [...asFolder(this.tree.find(this.tree.root, name).node).entries.keys()].sort());
  }

  /** Write back what has changed in the folders and files of handles, one time after the other.
   *  @returns {Promise<void>} */
  sync() {
    const sync = () => this.#sync();
    this.#synced = this.#synced.then(sync, sync);
    return this.#synced;
  }

  async #sync() {
    for (const [path, note] of this.#handles) {
      const node = note.node instanceof File ? this.#look(path) : note.node;
      if (!node) continue;
      if (node !== note.node) note.version = undefined;
      note.node = node;
      await writeBack(note);
    }
  }

  /** @param {string} path  @returns {File | undefined} */
  #look(path) {
    try {
      const { node } = this.tree.find(this.tree.root, path);
      return node instanceof File ? node : undefined;
    } catch {
      return undefined;       // the program has removed its folder
    }
  }

  /** @param {string} path  @param {Note} note */
  #attach(path, note) {
    const { node } = note;
    if (node instanceof File) this.tree.add(this.#placeOf(path), node);
    else {
      const folder = this.#folderAt(path);
      for (const [name, member] of [...node.entries]) {
        if (folder.entries.has(name)) refuse('EEXIST');
        node.take(name);
        folder.put(name, member);
      }
      folder.fixed = true;
      note.node = folder;
    }
    this.#handles.push([path, note]);
  }

  /** @param {string} path  of a file; or, with no bytes and a slash at its end, of a folder
   *  @param {Uint8Array} bytes  the file takes them  @param {number} [modified] */
  #put(path, bytes, modified) {
    if (path.endsWith('/')) return bytes.length ? refuse('EISDIR') : void this.#folderAt(path);
    const place = this.#placeOf(path), { node } = place;
    if (node instanceof Folder) refuse('EISDIR');
    if (node instanceof File) node.replace(bytes);
    else this.tree.add(place, new File(bytes, modified));
  }

  /** @param {string} path  @returns {import('./tree.js').Place} in a folder that is made if it is missing */
  #placeOf(path) {
    const end = path.lastIndexOf('/') + 1;
    return this.tree.find(this.#folderAt(path.slice(0, end)), path.slice(end));
  }

  /** @param {string} path  @returns {Folder} made if it is missing */
  #folderAt(path) {
    let folder = this.tree.root;
    for (const name of path.split('/').filter(Boolean)) {
      const place = this.tree.find(folder, name);
      if (!place.node) this.tree.add(place, new Folder());
      folder = asFolder(this.tree.find(folder, name).node);
    }
    return folder;
  }
}

/** @param {string} code */
const meaning = (code) => MEANINGS[code] ?? code;

/** Do what JavaScript asks of a path, and make an error of what is refused.
 *  @template T  @param {string} path  @param {(path: string) => T} work
 *  @param {(path: string, code: string) => Error} [refused]  @returns {T} */
function asked(path, work, refused = errorOf) {
  if (typeof path !== 'string') throw new TypeError('a path is a string');
  try {
    if (path.includes('\0')) refuse('EINVAL');
    return work(decode(encode(path)));      // a lone surrogate is in no name
  } catch (error) {
    throw error instanceof Refusal ? refused(path, error.code) : error;
  }
}

/** @param {string} path  @param {string} code */
const errorOf = (path, code) => Object.assign(new Error(`${code}: ${path}: ${meaning(code)}`), { code, path });
