// The compilers and engines that tests run with, and what to do without one.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from '../../js/cli/run_wasi.js';
import { engineDir } from './paths.js';

/** @typedef {{ path?: string, reason: string }} Tool  without a path: the reason says what is missing */

const major = (/** @type {string} */ version) => Number(version.replace(/^v/, '').split('.')[0]);

/** Which tools BIDE_REQUIRE names: their absence is a failure. */
const required = new Set((process.env.BIDE_REQUIRE ?? '').split(',').map((name) => name.trim()).filter(Boolean));

/** @typedef {'native' | 'node20' | 'node26' | 'wasmtime' | 'chromium' | 'firefox' | 'deno' | 'bun' | 'workerd' | 'clang19' | 'lld19'} Name */

/** @type {Record<Name, () => Tool>} */
const FINDERS = {
  native: () => found(['cc', 'gcc', 'clang'].map(findOnPath), 'no C compiler (cc, gcc or clang) on PATH'),
  node20: () => (major(process.version) === 20 ? { path: process.execPath, reason: '' } : { reason: `this is Node ${process.version}` }),
  node26: findNode26,
  wasmtime: () => found([findOnPath('wasmtime'), ...inEngineDir(/^wasmtime-/, 'bin/wasmtime')], 'wasmtime is neither on PATH nor in the cache'),
  clang19: () => found([findOnPath('clang-19')], 'no clang-19 on PATH'),
  lld19: () => found([findOnPath('wasm-ld-19')], 'no wasm-ld-19 on PATH'),
  chromium: () => found([process.env.CHROMIUM, findOnPath('chromium'), findOnPath('chromium-browser'), findOnPath('google-chrome')], 'no Chromium on PATH'),
  firefox: () => found([findOnPath('firefox-esr'), findOnPath('firefox')], 'no Firefox on PATH'),
  deno: () => found([findOnPath('deno'), ...inEngineDir(/^deno$/, 'node_modules/deno/deno')], 'Deno is neither on PATH nor in the cache'),
  bun: () => found([findOnPath('bun'), ...inEngineDir(/^bun$/, 'node_modules/bun/bin/bun.exe')], 'Bun is neither on PATH nor in the cache'),
  workerd: () => found([findOnPath('workerd'), ...inEngineDir(/^workerd$/, 'node_modules/workerd/bin/workerd')], 'workerd is neither on PATH nor in the cache'),
};

/** @type {Map<string, Tool>} */
const known = new Map();

/** @param {Name} name  @returns {Tool} */
export function findTool(name) {
  const tool = known.get(name) ?? FINDERS[name]();
  known.set(name, tool);
  return tool;
}

/** For the `skip` of a test: false, or why it can't run. Throws if BIDE_REQUIRE forbids to skip it.
 *  @param {Name} name */
export function skipWithout(name) {
  const { path, reason } = findTool(name);
  if (path) return false;
  if (required.has(name)) throw new Error(`${reason}, and BIDE_REQUIRE names ${name}`);
  return reason;
}

/** @param {(string | undefined)[]} paths  @param {string} reason */
function found(paths, reason) {
  return { path: paths.find((path) => path && existsSync(path)), reason };
}

function findNode26() {
  if (major(process.version) === 26) return { path: process.execPath, reason: '' };
  const onPath = ['node26', 'node-26'].map(findOnPath);
  return found([...onPath, ...inEngineDir(/^node-26/, 'node_modules/node/bin/node')], 'Node 26 is neither on PATH (node26) nor in the cache');
}

/** @param {RegExp} folder  @param {string} file  @returns {string[]} newest last in name first */
function inEngineDir(folder, file) {
  if (!existsSync(engineDir)) return [];
  return readdirSync(engineDir).filter((name) => folder.test(name)).sort().reverse().map((name) => join(engineDir, name, file));
}

/** @param {string} path  @returns {string} the first line that `path --version` prints */
export function versionOf(path) {
  return execFileSync(path, ['--version'], { encoding: 'utf8' }).split('\n')[0];
}
