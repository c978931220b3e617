// Who takes part: programs inside a Node process, beside JavaScript's await, and programs in processes of their own.

import { command } from './command.js';
import { parseFigures } from './figures.js';
import { here } from './programs.js';

/** @typedef {import('./tools.js').Tools} Tools
 *  @typedef {import('./figures.js').Contender} Contender
 *  @typedef {{ js: string, wasi: string, unchecked: string, promise: string, calls: string, border: string, sync: string,
 *    val?: string, goJs?: string, goWasi?: string, goSync?: string, goExec?: string }} Modules
 *    files; val: a module of JavaScript; unchecked: js without the stack check */

/** Node 20's node:wasi breaks when a call that optimised code makes directly collects garbage (nodejs/node#53087). */
const NODE_FLAGS = ['--no-warnings', '--no-turbo-fast-api-calls'];

/** @param {import('./tools.js').Tool} node
 *  @param {Record<string, import('./in_node.js').Program>} programs  @param {import('./in_node.js').Measure[]} measures
 *  @returns {Promise<Record<string, Record<string, number[]>>>} the least figures, by measure and contender */
export async function inNode(node, programs, measures) {
  const args = [...NODE_FLAGS, here('in_node.js'), JSON.stringify({ programs, measures })];
  return JSON.parse(await command(node.path, args, { timeout: 120_000 }));
}

/** bide on wasmtime.
 *  @param {Tools} tools  @param {Modules} modules  @returns {Record<string, Contender>} */
export function onWasmtime({ wasmtime }, { wasi }) {
  return wasmtime ? { wasmtime: inProcess(wasmtime.path, ['run', wasi]) } : {};
}

/** Go and Python, as far as they are there; Go with the settings of its own scripts.
 *  @param {Tools} tools  @param {Modules} modules  @returns {Record<string, Contender>} */
export function peers({ node, wasmtime, python }, { goJs, goWasi, goExec }) {
  return {
    ...(goJs && goExec ? { goJs: inProcess(node.path, ['--stack-size=8192', goExec, goJs]) } : {}),
    ...(goWasi && wasmtime ? { goWasi: inProcess(wasmtime.path, ['run', '-W', 'max-wasm-stack=8388608', goWasi]) } : {}),
    ...(python ? { python: inProcess(python.path, [here('peers/tasks.py')]) } : {}),
  };
}

/** The peers of c/sync.c.
 *  @param {Tools} tools  @param {Modules} modules  @returns {Record<string, Contender>} */
export function syncPeers({ node, python }, { goSync, goExec }) {
  return {
    ...(goSync && goExec ? { goJs: inProcess(node.path, ['--stack-size=8192', goExec, goSync]) } : {}),
    ...(python ? { python: inProcess(python.path, [here('peers/sync.py')]) } : {}),
  };
}

/** @param {string} path  @param {string[]} args  @returns {Contender} */
export function inProcess(path, args) {
  return async (words) => parseFigures(await command(path, [...args, ...words]));
}
