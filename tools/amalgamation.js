// `./build.sh amalgamation`: the core for this machine as two files, build/bide.c and build/bide.h.
//
// All of src/ but the hosts for WebAssembly, lowest layer first; each header stands where it is first included. With
// all parts there (BIDE__ALL_PARTS, src/parts.h), since there is nothing that the linker could leave out.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORE_LAYERS } from '../js/cli/layers.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDERS = [...CORE_LAYERS, 'src/blocking', 'src/native'];
const SEARCHED = ['src', 'src/native'];
/** An include line of a public header: bide.h, or a module's. */
const PUBLIC = /^#include <(bide(?:\/\w+)?\.h)>$/gm;

const HEAD = `/* bide.c -- bide's core for POSIX in one file, made by ./build.sh amalgamation. Do not edit it: its sources are in src/.
 *
 *     cc -std=c11 -c bide.c
 *
 * Every part of the library is in it. A program's own bide__alloc, bide__resize and bide__free replace those here. */
#define _GNU_SOURCE
#define BIDE__ALL_PARTS
`;

/** The text of the source, with the house's own headers in it.  @returns {string} */
export function amalgamate() {
  /** @type {Set<string>} */
  const included = new Set();
  const sources = FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.c')).sort().map((name) => `${folder}/${name}`));
  return [HEAD, ...sources.map((path) => expand(path, included))].join('\n');
}

/** @param {string} path  below the root  @param {Set<string>} included  what stands in the text already  @returns {string} */
function expand(path, included) {
  included.add(path);
  const text = readFileSync(join(root, path), 'utf8').replace(/^#define _GNU_SOURCE\n/m, '').replace(PUBLIC, '#include "$1"');
  const whole = text.replace(/^#include "(?!bide[./])([^"]+)"$/gm, (line, name) => {
    const found = find(name, path);
    return included.has(found) ? '' : expand(found, included).trimEnd();
  });
  return `/* ${'='.repeat(20)} ${path} ${'='.repeat(20)} */\n\n${whole}`;
}

/** @param {string} name  @param {string} from  the file that includes it  @returns {string} below the root */
function find(name, from) {
  const places = [dirname(from), ...SEARCHED].map((folder) => join(folder, name));
  const found = places.find((place) => existsSync(join(root, place)));
  if (!found) throw new Error(`${from} includes ${name}, which is not there`);
  return found;
}

/** The headers for programs, by path; a module's finds bide.h in the folder above.  @returns {Record<string, string>} */
function publicHeaders() {
  const names = readdirSync(join(root, 'include'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.h')).sort();
  return Object.fromEntries(names.map((name) => {
    const text = readFileSync(join(root, 'include', name), 'utf8');
    return [name, name.includes('/') ? text.replace(PUBLIC, '#include "../$1"') : text];
  }));
}

/** @param {string} dir  @returns {string[]} the paths of what was written, bide.c first */
export function writeAmalgamation(dir) {
  return Object.entries({ 'bide.c': amalgamate(), ...publicHeaders() }).map(([name, text]) => {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of writeAmalgamation(join(root, 'build'))) console.log(relative(process.cwd(), path));
}
