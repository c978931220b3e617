// The examples of JavaScript: each C program, built, and its consumer, run by Node.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { buildDir, namesIn, root } from '../support/paths.js';
import { mustRun, runProcess } from '../support/process.js';
import { findTool, skipWithout } from '../support/tools.js';
import { COMMAND } from './cli_support.js';

const names = namesIn('examples/js', '.c');
const folder = (/** @type {string} */ name) => buildDir(`examples-${name}`);

/** What else the command is told. @type {Record<string, string[]>} */
const OPTIONS = { files: ['--files', 'examples/js/texts'] };

/** The consumers that are no NAME.mjs with the folder as argument. @type {Record<string, string[]>} */
const CONSUMERS = { weather: ['examples/js/main.mjs', join(folder('weather'), 'app.wasm')] };

/** @param {string} node  @param {string} name */
async function check(node, name) {
  const stdout = readFileSync(join(root, `tests/expected/examples/js/${name}.txt`), 'utf8');
  const args = CONSUMERS[name] ?? [`examples/js/${name}.mjs`, folder(name)];
  assert.deepEqual(await runProcess(node, args, { cwd: root }), { code: 0, signal: null, stdout, stderr: '' });
}

it('every example of JavaScript has its expected output', () => {
  assert.deepEqual(namesIn('tests/expected/examples/js', '.txt'), names);
});

for (const name of names) {
  describe(`examples/js/${name}`, () => {
    before(() => mustRun(process.execPath, [COMMAND, 'build', `examples/js/${name}.c`, ...OPTIONS[name] ?? [], '-o', folder(name)], { cwd: root }));
    it('this Node', () => check(process.execPath, name));
    it('Node 26', { skip: skipWithout('node26') }, () => check(findTool('node26').path ?? '', name));
  });
}
