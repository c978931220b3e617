// Runs a program in a WASI engine, as a child process.

import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants as osConstants, tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isClosedPipe } from './closed_pipe.js';
import { UsageError } from './errors.js';
import { CLOSED_PIPE, CTRL_C, say } from './print.js';

/** @typedef {import('./run.js').Program} Program */

/** @typedef {{ path: string, kind: string, reason: string }} Engine */

/** @param {Program} program  @param {Engine} engine
 *  @returns {Promise<number>} the exit code */
export async function runWasi(program, engine) {
  if (program.verbose) say(`bide: engine ${engine.path}${engine.reason}\n`);
  const dir = mkdtempSync(join(tmpdir(), 'bide-'));   // engines want a file, and name it in their reports
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, `${program.args[0]}.wasm`);
  writeFileSync(file, program.wasm);
  return start(engine.path, COMMAND_LINES[engine.kind](file, program), program);
}

/** @param {string} [engine]  the value of --engine  @returns {Engine} */
export function chooseEngine(engine) {
  if (engine === undefined) {
    const path = findOnPath('wasmtime');
    return path ? { path, kind: 'wasmtime', reason: '' } : { path: process.execPath, kind: 'node', reason: " (Node's own; wasmtime isn't on PATH)" };
  }
  if (engine === 'node') return { path: process.execPath, kind: 'node', reason: " (Node's own)" };
  const path = findOnPath(engine);
  if (!path) throw new UsageError(`--engine ${engine}: no such program`);
  const name = basename(path).replace(/\.exe$/, '');
  return { path, kind: Object.hasOwn(COMMAND_LINES, name) && name !== 'node' ? name : 'other', reason: '' };
}

/** @param {string} name  of a program on PATH, or a path  @returns {string | undefined} its path */
export function findOnPath(name) {
  if (name.includes('/')) return isExecutable(name) ? name : undefined;
  const dirs = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return dirs.map((dir) => join(dir, name)).find(isExecutable);
}

/** The arguments of each kind of engine, which tell it the program's arguments, directories and environment.
 *  @type {Record<string, (file: string, program: Program) => string[]>} */
const COMMAND_LINES = {
  wasmtime: (file, { args, preopens, env }) => [
    'run', '-S', 'inherit-env', ...Object.entries(preopens).map(([guest, host]) => `--dir=${host}::${guest}`),
    '--argv0', args[0], file, ...args.slice(1),
  ],
  wazero: (file, { args, preopens, env }) => [
    'run', ...Object.entries(env).map(([name, value]) => `-env=${name}=${value}`),
    ...Object.entries(preopens).map(([guest, host]) => `-mount=${host}:${guest}`), file, ...args.slice(1),
  ],
  // Node 20 can crash when optimised code calls a function of WASI directly.
  node: (file, { args, preopens }) => [
    '--no-turbo-fast-api-calls',
    '--no-warnings', fileURLToPath(new URL('wasi-node.js', import.meta.url)), file, JSON.stringify({ args, preopens }),
  ],
  other: (file, { args }) => [file, ...args.slice(1)],
};

/** How closed_pipe.c ends a program. */
const PIPE_IS_CLOSED = 125;

/** @param {string} path  @param {string[]} args  @param {Program} program
 *  @returns {Promise<number>} */
function start(path, args, { env }) {
  const child = spawn(path, args, { stdio: 'inherit', env });
  const interrupted = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(exitCode(code ?? 128 + osConstants.signals[/** @type {NodeJS.Signals} */ (signal)], interrupted())));
  });
}

/** A signal to bide is meant for the program. bide ends when the program does, and the second Ctrl-C ends any.
 *  @param {import('node:child_process').ChildProcess} child  @returns {() => boolean} whether there was a Ctrl-C */
function forwardSignals(child) {
  let presses = 0;
  process.on('SIGINT', () => child.kill(++presses === 1 ? 'SIGINT' : 'SIGKILL'));
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGQUIT'])) process.on(signal, () => child.kill(signal));
  process.on('SIGQUIT', () => say('bide: Ctrl-\\ ends a WASI program; with --target js it would show the tasks\n'));
  return () => presses > 0;
}

/** Engines have codes of their own for a Ctrl-C. A program that ended well in spite of it keeps its 0. A program may
 *  also exit with the code of closed_pipe.c by itself, so the outputs are looked at.
 *  @param {number} code  of the engine  @param {boolean} interrupted */
async function exitCode(code, interrupted) {
  if (interrupted && code !== 0) return CTRL_C;
  if (code === PIPE_IS_CLOSED && (await isClosedPipe(1) || await isClosedPipe(2))) return CLOSED_PIPE;
  return code;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
