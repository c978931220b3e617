// WASI's functions that name a file by its path, where files are a tree in memory.

import { encode } from './memory.js';
import { putStat, setTimes, WRITE } from './open_files.js';
import { asFolder, File, Folder, Link, refuse } from './tree.js';

/** @typedef {import('./memory.js').Memory} Memory
 *  @typedef {import('./open_files.js').OpenFiles} OpenFiles
 *  @typedef {import('./tree.js').Tree} Tree
 *  @typedef {import('./tree.js').AnyNode} AnyNode
 *  @typedef {import('./tree.js').Place} Place
 *  @typedef {Record<string, (...args: any[]) => any>} Functions */

/** How a path is looked up: also a link that it ends at. */
const FOLLOW = 1;
/** How a file is opened. */
const CREATE = 1, DIRECTORY = 2, EXCLUSIVE = 4, TRUNCATE = 8;

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {Memory} memory  @param {Tree} tree  @param {OpenFiles} files  @returns {Functions} */
export function pathFunctions(memory, tree, files) {
  /** The folder that a path begins in, the path's address and size, and how it is looked up. @type {(...args: any[]) => Place} */
  const placeOf = (fd, path, size, how = 0) => tree.find(asFolder(files.at(fd).node), pathAt(memory, path, size), Boolean(how & FOLLOW));
  const nodeAt = (/** @type {any[]} */ ...args) => placeOf(...args).node ?? refuse('ENOENT');
  return {
    path_create_directory: (...path) => tree.add(placeOf(...path), new Folder()),
    path_filestat_get: (fd, how, path, size, out) => putStat(memory, nodeAt(fd, path, size, how), out),
    path_filestat_set_times: (fd, how, path, size, ...times) => setTimes(nodeAt(fd, path, size, how), times),
    path_link(fd, how, path, size, ...newPath) {
      const node = nodeAt(fd, path, size, how), place = placeOf(...newPath);
      if (node instanceof Folder) refuse(place.node ? 'EEXIST' : 'EPERM');
      tree.add(place, node);
    },
    path_open(fd, follow, path, size, how, rights, _inheriting, flags, out) {
      const place = placeOf(fd, path, size, how & EXCLUSIVE ? 0 : follow), node = openNode(tree, place, how, Boolean(rights & WRITE));
      memory.setUint32(out, files.add({ node, at: 0, flags, rights }));
    },
    path_readlink(fd, path, size, to, room, out) {
      const link = nodeAt(fd, path, size, 0);
      if (!(link instanceof Link)) return refuse('EINVAL');
      const target = encode(link.target).subarray(0, room >>> 0);
      memory.set(to, target);
      memory.setUint32(out, target.length);
    },
    path_remove_directory: (...path) => tree.removeFolder(placeOf(...path)),
    path_rename: (fd, path, size, ...newPath) => tree.rename(placeOf(fd, path, size), placeOf(...newPath)),
    path_symlink: (target, targetSize, ...path) => tree.add(placeOf(...path), new Link(pathAt(memory, target, targetSize), targetSize)),
    path_unlink_file: (...path) => tree.unlink(placeOf(...path)),
  };
}

/** @param {Memory} memory  @param {number} path  @param {number} size */
function pathAt(memory, path, size) {
  try {
    return decoder.decode(memory.slice(path, size));
  } catch {
    return refuse('EILSEQ');
  }
}

/** What is opened, and may have to be made. @param {Tree} tree  @param {Place} place  @param {number} how  @param {boolean} writes  @returns {AnyNode} */
function openNode(tree, place, how, writes) {
  const node = place.node ?? (how & CREATE ? newFile(tree, place, how) : refuse('ENOENT'));
  if (place.node && how & CREATE && how & EXCLUSIVE) refuse('EEXIST');
  if (node instanceof Link) refuse('ELOOP');
  if (how & DIRECTORY) asFolder(node);
  if (node instanceof Folder && (writes || how & (CREATE | TRUNCATE))) refuse('EISDIR');
  if (node instanceof File && how & TRUNCATE) node.resize(0);
  return node;
}

/** @param {Tree} tree  @param {Place} place  @param {number} how */
function newFile(tree, place, how) {
  if (place.slash) refuse('EISDIR');
  if (how & DIRECTORY) refuse('EINVAL');
  const file = new File();
  tree.add(place, file);
  return file;
}
