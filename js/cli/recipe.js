// How things are made: what a key of the cache has in it beside the sources, so that nothing made in another way is found.
// tests/js/recipe.test.js compares these lists with what the files import.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from './cache.js';
import { installedVersion, packageDir } from './paths.js';

/** Files that decide how an object, the library and a module are made. All of js/link is for the module. */
export const OBJECT = ['clang.js', 'clang_files.js', 'compile.js', 'disk.js'];
export const LIBRARY = ['layers.js', 'library.js'];
export const MODULE = ['finish.js', 'insight.js', 'linker.js', 'program.js'];

/** @param {string[]} names */
const texts = (names) => names.map((name) => readFileSync(join(packageDir, 'js/cli', name)));

/** @param {() => string} make  @returns {() => string} a function that makes the key once */
function once(make) {
  let key = '';
  return () => key ||= make();
}

export const compilerKey = once(() => hash(installedVersion('@yowasp/clang') ?? '', ...texts(OBJECT)));

export const libraryKey = once(() => hash(compilerKey(), ...texts(LIBRARY)));

export const moduleKey = once(() => {
  const link = join(packageDir, 'js/link');
  return hash(installedVersion('binaryen') ?? '', ...texts(MODULE), ...readdirSync(link).sort().map((name) => readFileSync(join(link, name))));
});
