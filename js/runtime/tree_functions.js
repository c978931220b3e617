// WASI's functions for files, on a tree in memory.

import { contentFunctions, descriptorFunctions, OpenFiles } from './open_files.js';
import { pathFunctions } from './path_functions.js';
import { Refusal } from './tree.js';

/** @typedef {(...args: any[]) => any} Fn */

/** WASI's numbers of POSIX's codes. @type {Record<string, number>} */
const ERRNO = {
  EBADF: 8, EBUSY: 10, EEXIST: 20, EILSEQ: 25, EINVAL: 28, EISDIR: 31, ELOOP: 32,
  ENOENT: 44, ENOSPC: 51, ENOTDIR: 54, ENOTEMPTY: 55, EOVERFLOW: 61, EPERM: 63,
};

/** @param {import('./memory.js').Memory} memory  @param {import('./tree.js').Tree} tree  @returns {import('./platform.js').Files} */
export function treeFunctions(memory, tree) {
  const files = new OpenFiles(tree.root);
  const all = { ...contentFunctions(memory, files), ...descriptorFunctions(memory, files), ...pathFunctions(memory, tree, files) };
  return {
    functions: Object.fromEntries(Object.entries(all).map(([name, fn]) => [name, answering(fn)])),
    use() {},
    close: () => files.clear(),
  };
}

/** It answers an errno, 0 if nothing was refused. @param {Fn} fn  @returns {Fn} */
function answering(fn) {
  return (...args) => {
    try {
      fn(...args);
      return 0;
    } catch (error) {
      if (error instanceof Refusal) return ERRNO[error.code];
      throw error;
    }
  };
}
