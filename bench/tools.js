// What the benchmarks run on. A tool that isn't there is named, and left out.

import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { findOnPath } from '../js/cli/run_wasi.js';
import { findTool } from '../tests/support/tools.js';

/** @typedef {{ path: string, name: string }} Tool  name: with its version, as the table shows it */
/** @typedef {{ node: Tool, olderNode?: Tool, wasmtime?: Tool, go?: Tool, python?: Tool, emscripten?: Tool }} Tools
 *    node: Node 26 if there is one; olderNode: then this Node, if it is another */

/** @returns {Tools} */
export function findTools() {
  const self = { path: process.execPath, name: `Node ${major(process.versions.node)}` };
  const node26 = findTool('node26').path;
  const node = node26 ? { path: node26, name: 'Node 26' } : self;
  return {
    node,
    olderNode: node.name === self.name ? undefined : self,
    wasmtime: tool(findTool('wasmtime').path, ['--version'], 'wasmtime'),
    go: tool(findOnPath('go'), ['version'], 'Go'),
    python: tool(findOnPath('python3'), ['--version'], 'CPython'),
    emscripten: tool(findOnPath('em++'), ['--version'], 'Emscripten'),
  };
}

/** @param {Tools} tools  @returns {string[]} each tool that is not there, and what is missing without it */
export function missing({ node, wasmtime, go, python, emscripten }) {
  return [
    node.name === 'Node 26' ? '' : `Node 26: the goals are set for it, these figures are of ${node.name}`,
    wasmtime ? '' : 'wasmtime: no figures of it',
    go ? '' : 'Go: not compared with',
    python ? '' : 'Python: not compared with',
    emscripten ? '' : 'Emscripten: not compared with',
  ].filter(Boolean);
}

/** The script by which Node runs Go's wasm, in the folder where Go 1.24 and later have it, or that of older ones.
 *  @param {Tool} go */
export function goExec(go) {
  const goRoot = execFileSync(go.path, ['env', 'GOROOT'], { encoding: 'utf8', timeout: 20_000 }).trim();
  const found = ['lib/wasm', 'misc/wasm'].map((dir) => findOnPath(join(goRoot, dir, 'go_js_wasm_exec'))).find(Boolean);
  return found && join(dirname(found), 'wasm_exec_node.js');
}

/** @param {string | undefined} path  @param {string[]} args  @param {string} name  @returns {Tool | undefined} */
function tool(path, args, name) {
  try {
    if (!path) return undefined;
    const said = execFileSync(path, args, { encoding: 'utf8', timeout: 20_000 });
    return { path, name: `${name} ${/\d+\.\d+/.exec(said)?.[0] ?? ''}`.trim() };
  } catch {
    return undefined;      // on PATH, but it doesn't run
  }
}

/** @param {string} version */
function major(version) {
  return version.split('.')[0];
}
