// The examples of JavaScript: each C program, built, and its consumer, run by Node, Deno and Bun.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

/** The engines beside this Node, with what stands before the script. @type {Partial<Record<import('../support/tools.js').Name, string[]>>} */
const ENGINES = { node26: [], deno: ['run', '-A', '--cached-only'], bun: [] };

/** The consumers that are no NAME.mjs with the folder as argument. @type {Record<string, string[]>} */
const CONSUMERS = { weather: ['examples/js/main.mjs', join(folder('weather'), 'app.wasm')], todo: [join(folder('todo'), 'todo.mjs')] };

/** What TypeScript says about a script beside todo's app.mjs. @param {string} script  @param {string[]} [options] */
function compile(script, options = []) {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const args = [compiler, '--pretty', 'false', '--strict', '--target', 'es2022', '--module', 'nodenext', ...options, join(folder('todo'), script)];
  return runProcess(process.execPath, args, { cwd: root, timeout: 120_000 });
}

/** @param {string} name */
async function make(name) {
  await mustRun(process.execPath, [COMMAND, 'build', `examples/js/${name}.c`, ...OPTIONS[name] ?? [], '-o', folder(name)], { cwd: root });
  if (name !== 'todo') return;
  copyFileSync(join(root, 'examples/js/todo.mts'), join(folder('todo'), 'todo.mts'));
  assert.equal((await compile('todo.mts')).stdout, '');
}

/** @param {string} name  @param {import('../support/tools.js').Name | undefined} engine  undefined: this Node */
async function check(name, engine) {
  const [command, ...first] = engine ? [findTool(engine).path ?? '', ...ENGINES[engine] ?? []] : [process.execPath];
  const stdout = readFileSync(join(root, `tests/expected/examples/js/${name}.txt`), 'utf8');
  const args = CONSUMERS[name] ?? [`examples/js/${name}.mjs`, folder(name)];
  assert.deepEqual(await runProcess(command, [...first, ...args], { cwd: root, env: { DENO_NO_UPDATE_CHECK: '1' } }), { code: 0, signal: null, stdout, stderr: '' });
}

it('every example of JavaScript has its expected output', () => {
  assert.deepEqual(namesIn('tests/expected/examples/js', '.txt'), names);
});

for (const name of names) {
  describe(`examples/js/${name}`, { timeout: 240_000 }, () => {
    before(() => make(name));
    it('this Node', () => check(name, undefined));
    for (const engine of /** @type {import('../support/tools.js').Name[]} */ (Object.keys(ENGINES))) {
      it(engine, { skip: skipWithout(engine) }, () => check(name, engine));
    }
    if (name === 'todo') it('TypeScript refuses what misuses it', refuses);
  });
}

/** Uses of the API of todo.c, and what TypeScript says about each. @type {[string, RegExp][]} */
const MISUSES = [
  ['app.exports.add(1);', /'number' is not assignable to parameter of type 'string'/],
  ['app.exports.add();', /Expected 1 arguments, but got 0/],
  ['app.exports.add("a").then(print);', /'then' does not exist on type 'Todo'/],
  ['app.exports.list("closed");', /'"closed"' is not assignable to parameter of type 'State \| undefined'/],
  ['app.exports.list()[0].done = true;', /'done' because it is a read-only property/],
  ['app.exports.list().title;', /'title' does not exist on type 'Todo\[\]'/],
  ['for (const todos of app.exports.watch()) print(todos);', /must have a '\[Symbol.iterator\]\(\)' method/],
  ['for await (const todos of app.exports.watch()) print(todos.done);', /'done' does not exist on type 'Todo\[\]'/],
  ['app.exports.clear();', /'clear' does not exist on type 'Exports'/],
];

async function refuses() {
  const lines = ["import load from './app.mjs';", 'const app = await load(), print = (x: unknown) => x;', ...MISUSES.map(([line]) => line), 'app.exports.add("a").title;'];
  writeFileSync(join(folder('todo'), 'misuse.mts'), `${lines.join('\n')}\n`);
  const { stdout } = await compile('misuse.mts', ['--noEmit']);
  const complaints = stdout.trim().split('\n').filter((line) => /^\S/.test(line));
  assert.deepEqual(complaints.map((line) => Number(/misuse.mts\((\d+),/.exec(line)?.[1])), MISUSES.map((_, i) => i + 3), stdout);
  MISUSES.forEach(([, message], i) => assert.match(complaints[i], message));
}
