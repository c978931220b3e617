// The layers of the C sources: where each file stands, what it includes, and the drawing for CONTRIBUTING.md.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CORE_LAYERS, HOST_LAYERS } from '../../js/cli/layers.js';
import { root } from './paths.js';

/** Who uses the layers below: hosts, backends, what is changed of libc, and what speaks to the linker. */
const TOP = ['src', 'wasm'].flatMap(foldersIn).filter((folder) => ![...CORE_LAYERS, ...HOST_LAYERS].includes(folder));
const FOLDERS = [...CORE_LAYERS, ...HOST_LAYERS, ...TOP];

/** Where include lines are searched, beside the file's own folder. */
const SEARCHED = ['include', 'src', 'wasm/asyncify'];

/** @param {string} folder  @returns {string[]} those in it, sorted */
function foldersIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`).sort();
}

const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');

/** @param {string} folder  @returns {string[]} paths of its C files and headers, sorted */
function filesIn(folder) {
  return readdirSync(join(root, folder)).filter((name) => /\.[chS]$/.test(name)).sort().map((name) => `${folder}/${name}`);
}

/** All files of the C sources, the contracts first. */
export const sources = ['include', 'src', ...FOLDERS].flatMap(filesIn);

/** How high a file stands: 0 is a contract. Those at the top stand side by side, as do the two kinds of host. @param {string} path */
export function heightOf(path) {
  const folder = dirname(path);
  if (basename(path) === 'coro_backend.h') return 0;       // the half of coro.h that a backend writes
  if (CORE_LAYERS.includes(folder)) return CORE_LAYERS.indexOf(folder) + 1;
  if (HOST_LAYERS.includes(folder)) return CORE_LAYERS.length + 1;
  return TOP.includes(folder) ? CORE_LAYERS.length + 2 : 0;
}

/** @param {string} path  @returns {string[]} files of the house that it includes */
export function includesOf(path) {
  const names = [...read(path).matchAll(/^\s*#\s*include\s+["<]([^">]+)[">]/gm)].map(([, name]) => name);
  return names.flatMap((name) => {
    const places = [dirname(path), ...SEARCHED].map((folder) => `${folder}/${name}`);
    return places.find((place) => existsSync(join(root, place))) ?? [];
  });
}

/** Names of ours that a header declares. @param {string} path */
export const declaredIn = (path) => new Set(read(path).replace(/\/\*[\s\S]*?\*\//g, '').match(/\b(bide_|coro_)\w+/g));

const CONTRACTS = ['src/host.h', 'src/coro.h', 'src/memory.h', 'wasm/asyncify/coro_backend.h'];
/** What a lower layer may call though a higher one defines it. */
export const contractNames = new Set(CONTRACTS.flatMap((path) => [...declaredIn(path)]));

const LONGEST = 100;

/** @param {string} folder */
const stems = (folder) => [...new Set(filesIn(folder).map((path) => basename(path).replace(/\.[chS]$/, '')))].join(' ');

/** The layers as text, highest first, as CONTRIBUTING.md shows them.  @returns {string} */
export function drawing() {
  const width = Math.max(...FOLDERS.map((folder) => folder.length)) + 2;
  const line = (/** @type {string} */ folder) => wrapped(`  ${folder.padEnd(width)}`, stems(folder));
  const rule = `  ${'-'.repeat(76)}`;
  const contracts = wrapped(`  ${'src'.padEnd(width)}`, filesIn('src').map((path) => basename(path)).join(' '));
  return [...TOP.map(line), rule, ...HOST_LAYERS.map(line), rule, ...[...CORE_LAYERS].reverse().map(line), rule, contracts, ''].join('\n');
}

/** @param {string} head  @param {string} words  behind it, on as many lines as they need */
function wrapped(head, words) {
  const lines = [''];
  for (const word of words.split(' ')) {
    if (head.length + lines[0].length + word.length > LONGEST) lines.unshift('');
    lines[0] += `${lines[0] && ' '}${word}`;
  }
  return lines.reverse().map((line, i) => (i ? ' '.repeat(head.length) : head) + line).join('\n');
}
