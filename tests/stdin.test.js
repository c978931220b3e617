// Reads of stdin suspend the task that reads, and no other: tests/c/stdin.c, which is given each piece of its input once it
// has printed that the others run.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { root } from './support/paths.js';
import { once, program } from './support/program.js';
import { findTool } from './support/tools.js';

const WASI_NODE = join(root, 'js/cli/wasi-node.js'), SOURCE = join(root, 'tests/c/stdin.c');
const PIECES = ['x', 'first\n', 'second\n', '42,', '2.5;', 'abc', 'de', 'f'];
const PRINTED = [
  'getchar x', 'fgets first', 'getline 7 second', 'scanf 1 42', 'scanf 1 2.5', 'fread 3 abc', 'poll 1', 'read 2', 'select 1', 'read 1', 'end -1',
];

/** How each engine is started: outside of the servers of backends.js, which have all of the input beforehand.
 *  @type {Record<string, (wasm: string) => string[]>} */
const COMMANDS = {
  'wasi on wasmtime': (wasm) => [findTool('wasmtime').path ?? '', 'run', wasm],
  'wasi on node:wasi': (wasm) => [process.execPath, '--no-warnings', '--no-turbo-fast-api-calls', WASI_NODE, wasm, '{"args":["stdin"],"preopens":{}}'],
  [`js on Node ${process.versions.node}`]: () => [process.execPath, join(root, 'js/cli/main.js'), 'run', SOURCE],
};

/** @param {string[]} command  @returns {Promise<{ code: number | null, lines: string[], stderr: string }>} */
function converse([file, ...args]) {
  const child = spawn(file, args, { timeout: 240_000 });
  const pieces = [...PIECES];
  let stdout = '', stderr = '', answered = 0;
  child.stdin.on('error', () => {});
  child.stdout.on('data', (data) => {
    stdout += data;
    for (const times = stdout.split('others run\n').length - 1; answered < times; answered++) {
      const piece = pieces.shift();
      if (piece === undefined) child.stdin.end();
      else child.stdin.write(piece);
    }
  });
  child.stderr.on('data', (data) => { stderr += data; });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, lines: stdout.split('\n').filter((line) => line && line !== 'others run'), stderr }));
  });
}

describe('reads of stdin', { timeout: 600_000 }, () => {
  after(() => backends.forEach((backend) => backend.close()));
  const build = new Map(backends.map((backend) => [backend.name, once(() => backend.build(program(SOURCE)))]));
  for (const { name, skip } of backends.filter((backend) => COMMANDS[backend.name])) {
    it(`suspend the task alone, ${name}`, { skip }, async () => {
      const wasm = name.startsWith('wasi') ? await build.get(name)?.() ?? '' : '';
      assert.deepEqual(await converse(COMMANDS[name](wasm)), { code: 0, lines: PRINTED, stderr: '' });
    });
  }
});
