// Every example on every backend, and some through the command itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { namesIn, root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { program } from './support/program.js';
import { findTool, skipWithout } from './support/tools.js';

const names = namesIn('examples', '.c');
const expected = (/** @type {string} */ name) => readFileSync(join(root, 'tests/expected/examples', `${name}.txt`), 'utf8');

/** @param {string} name  @param {import('./support/process.js').Outcome} outcome */
function check(name, { code, signal, stdout, stderr }) {
  assert.deepEqual({ code, signal, stdout, stderr }, { code: 0, signal: null, stdout: expected(name), stderr: '' });
}

it('every example has its expected output', () => {
  assert.deepEqual(namesIn('tests/expected/examples', '.txt'), names);
});

for (const backend of backends) {
  describe(`examples: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    for (const name of names) {
      it(name, async () => {
        const built = await backend.build(program(join(root, 'examples', `${name}.c`)));
        check(name, await backend.run(built));
      });
    }
  });
}

const COMMAND = join(root, 'node_modules/.bin/bide');
const THROUGH_THE_COMMAND = ['hello', 'worker', 'cancel_me'];

const targets = [
  { name: 'js', args: ['--target', 'js'], skip: /** @type {false | string} */ (false) },
  { name: 'wasi, node', args: ['--target', 'wasi', '--engine', 'node'], skip: /** @type {false | string} */ (false) },
  { name: 'wasi, wasmtime', args: ['--target', 'wasi', '--engine', findTool('wasmtime').path ?? ''], skip: skipWithout('wasmtime') },
];

for (const { name: target, args, skip } of targets) {
  describe(`bide run: ${target}`, { skip }, () => {
    for (const name of THROUGH_THE_COMMAND) {
      it(name, async () => {
        check(name, await runProcess(COMMAND, ['run', ...args, '--virtual-time', `examples/${name}.c`], { cwd: root }));
      });
    }
  });
}
