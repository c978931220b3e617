// Everything a C program is tested on: a way to build it and a way to run it.

import { fileURLToPath } from 'node:url';
import { buildNative, withoutSanitizerNotes } from './native.js';
import { runProcess } from './process.js';
import { ProgramServer } from './server.js';
import { findTool, skipWithout } from './tools.js';
import { buildWasm } from './wasm.js';

/** @typedef {import('./process.js').Outcome} Outcome */
/** @typedef {{ args?: string[], env?: Record<string, string>, stdin?: string, dir?: string, files?: Record<string, string>, deep?: boolean }} Input
 *    dir: the directory where the program finds files; without it, it need not find any; files: load()'s option, of the js backends;
 *    deep: it calls so deep that frames must be as small as an engine can make them */
/** @typedef {{
 *    name: string, skip: false | string,
 *    build: (program: import('./program.js').Program) => Promise<string>,
 *    run: (built: string, input?: Input) => Promise<Outcome>,
 *    close: () => void
 *  }} Backend
 *    run is on the virtual clock; close ends what run has started */

const VIRTUAL = { BIDE_VIRTUAL_TIME: '1' };
const script = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
const nothing = () => {};

/** @type {Backend} */
const native = {
  name: 'native, sanitized',
  skip: skipWithout('native'),
  build: buildNative,
  async run(executable, { args = [], env = {}, stdin, dir } = {}) {
    const outcome = await runProcess(executable, args, { env: { ...VIRTUAL, ...env }, stdin, cwd: dir });
    return { ...outcome, stderr: withoutSanitizerNotes(outcome.stderr) };
  },
  close: nothing,
};

/** wasmtime translates the module at each run, which takes longer than most programs do. So it does not optimise. */
const QUICKLY = ['-O', 'opt-level=0', '-O', 'regalloc-algorithm=single-pass'];

/** @type {Backend} */
const wasmtime = {
  name: 'wasi on wasmtime',
  skip: skipWithout('wasmtime'),
  build: (program) => buildWasm(program, 'wasi'),
  run(wasm, { args = [], env = {}, stdin, dir, deep = false } = {}) {
    const variables = Object.entries({ ...VIRTUAL, ...env }).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    return runProcess(findTool('wasmtime').path ?? '', ['run', ...(deep ? [] : QUICKLY), ...variables, ...(dir ? [`--dir=${dir}::.`] : []), wasm, ...args], { stdin });
  },
  close: nothing,
};

/** @param {string} name  @param {false | string} skip  @param {string | undefined} node  @param {'js' | 'wasi'} target  @param {string} server
 *  @param {string[]} [flags]  @returns {Backend} */
function served(name, skip, node, target, server, flags = []) {
  const programs = new ProgramServer([node ?? '', '--no-warnings', ...flags, script(server)]);
  return {
    name,
    skip,
    build: (program) => buildWasm(program, target, { legacyExceptions: true }),
    run: (wasm, { args = [], env = {}, stdin = '', dir, files } = {}) => (
      programs.run({ wasm, args: ['program', ...args], env: { ...VIRTUAL, ...env }, stdin, files, preopens: files ? undefined : dir ? { '.': dir } : {} })),
    close: () => programs.close(),
  };
}

const node26 = findTool('node26').path;

/** Node 20 looks for an object in its old place that the collector's helper threads have moved, when a program has ended with
 *  proc_exit. That happens after some seventy programs in one process, on a busy machine. Node 26 has no such error. */
const ONE_COLLECTOR = ['--single-threaded-gc'];

/** @type {Backend[]} */
export const backends = [
  native,
  served(`js on Node ${process.versions.node}`, false, process.execPath, 'js', './serve_js.js'),
  ...(node26 === process.execPath ? [] : [served('js on Node 26', skipWithout('node26'), node26, 'js', './serve_js.js')]),
  wasmtime,
  served('wasi on node:wasi', false, process.execPath, 'wasi', './serve_node_wasi.js', ONE_COLLECTOR),
];
skipWithout('node20');
