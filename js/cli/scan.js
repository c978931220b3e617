// What a source can include: found by reading, not by running, a preprocessor.
//
// The compiler runs in a sandbox and sees only the files it is handed, and a
// warm run must not load the compiler at all. So #include lines are followed
// in every branch of every conditional and in every directory that could be
// searched: the files found are those the compiler may open and a few more.
// Headers of the C library come with the compiler; what isn't found here is
// its to find or to report.

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readIfThere } from './cache.js';

/** A line that names a file: include and its kin, the operand of
 *  __has_include, a macro that is a file name, the assembler's .include. */
const NAMES_FILE = [
  /#\s*(?:include|include_next|import|embed)\s*(?:"([^"\n]+)"|<([^>\n]+)>)/g,
  /__has_(?:include|include_next|embed)\s*\(\s*(?:"([^"\n]+)"|<([^>\n]+)>)/g,
  /#\s*define\s+\w+\s+(?:"([^"\n]+)"|<([^>\n]+)>)/g,
  /^\s*\.(?:include|incbin)\s+(?:"([^"\n]+)")/gm,
];

/** All files that compiling `source` may read, itself first.
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
  const joined = text.replace(/\\\r?\n/g, '');   // a directive may go on over a backslash
  for (const pattern of NAMES_FILE) {
    for (const match of joined.matchAll(pattern)) names.add(decodeName(match[1] ?? match[2]));
  }
  return names;
}

/** Sources are searched as bytes; names are UTF-8. @param {string} latin1 */
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
