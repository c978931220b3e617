// The files that a source can include.
//
// The compiler sees only the files that it is given, so they must be known before it runs. A run of a program that
// has not changed must not even load the compiler, so no preprocessor is asked. Instead, #include lines are followed
// in all branches of conditionals, and in all directories that could be searched. That finds the files which the
// compiler opens, and a few more. A file that isn't found here is the C library's, or the compiler reports it.

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readIfThere } from './cache.js';

/** What can name a file: #include and its like, __has_include, a macro that is a file name, .include of the assembler. */
const NAMES_FILE = [
  /#\s*(?:include|include_next|import|embed)\s*(?:"([^"\n]+)"|<([^>\n]+)>)/g,
  /__has_(?:include|include_next|embed)\s*\(\s*(?:"([^"\n]+)"|<([^>\n]+)>)/g,
  /#\s*define\s+\w+\s+(?:"([^"\n]+)"|<([^>\n]+)>)/g,
  /^\s*\.(?:include|incbin)\s+(?:"([^"\n]+)")/gm,
];

/** All files that the compiler may read for `source`, which is the first of them.
 *  @param {string} source  path of the source
 *  @param {string[]} includeDirs  searched for both forms of #include
 *  @param {Map<string, Buffer | undefined>} [contents]  files read before, by absolute path
 *  @returns {Map<string, Buffer>} contents by absolute path */
export function scanIncludes(source, includeDirs, contents = new Map()) {
  /** @type {Map<string, Buffer>} */
  const found = new Map();
  const queue = [resolve(source)];
  const searched = includeDirs.map((dir) => resolve(dir));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    const data = readOnce(path, contents);
    if (!data) continue;
    found.set(path, data);
    for (const name of namedFiles(data.toString('latin1'))) {
      const here = dirname(path);
      for (const dir of [here, ...searched]) queue.push(resolve(dir, name));
    }
  }
  return found;
}

/** @param {string} text  @returns {Set<string>} */
function namedFiles(text) {
  const names = new Set();
  const joined = text.replace(/\\\r?\n/g, '');   // a backslash continues a line
  for (const pattern of NAMES_FILE) {
    for (const match of joined.matchAll(pattern)) names.add(decodeName(match[1] ?? match[2]));
  }
  return names;
}

/** Sources are searched as bytes, but names are UTF-8. @param {string} latin1 */
function decodeName(latin1) {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** @param {string} path  @param {Map<string, Buffer | undefined>} contents */
function readOnce(path, contents) {
  if (!contents.has(path)) contents.set(path, isFile(path) ? readIfThere(path) : undefined);
  return contents.get(path);
}

/** @param {string} path */
function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
