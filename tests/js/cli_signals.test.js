// How `bide run` ends by a signal, and when the reader of its output is gone.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import test from 'node:test';
import { root } from '../support/paths.js';
import { findTool, skipWithout } from '../support/tools.js';
import { COMMAND } from './cli_support.js';

const SOURCE = 'tests/js/programs/signals.c';
const LIMIT = { timeout: 120_000 };

/** Command lines up to the program's arguments; without one, the engine is missing. */
const ENGINES = {
  js: { skip: false, line: [process.execPath, COMMAND, 'run', SOURCE, '--'] },
  'js, Node 26': { skip: skipWithout('node26'), line: [findTool('node26').path, COMMAND, 'run', SOURCE, '--'] },
  wasmtime: { skip: skipWithout('wasmtime'), line: [process.execPath, COMMAND, 'run', '--target', 'wasi', '--engine', findTool('wasmtime').path, SOURCE, '--'] },
  'node:wasi': { skip: false, line: [process.execPath, COMMAND, 'run', '--target', 'wasi', '--engine', 'node', SOURCE, '--'] },
};

/** @param {(string | undefined)[]} line */
function start([command, ...args]) {
  const child = spawn(String(command), /** @type {string[]} */ (args), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text) => { output.stderr += text; });
  /** @type {Promise<{ code: number, stdout: string, stderr: string }>} */
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code: code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)], ...output }));
  });
  const ready = new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output.stdout += text;
      if (text.includes('\n')) resolve(undefined);
    });
  });
  return { child, ready, ended };
}

for (const [name, { skip, line }] of Object.entries(ENGINES)) {
  const isJs = name.startsWith('js');

  for (const what of ['computes', 'computes_alone']) {
    test(`signals, ${name}: Ctrl-C ends a program that ${what}, with 130`, { skip, ...LIMIT }, async () => {
      const { child, ready, ended } = start([...line, what]);
      await ready;
      const finger = setInterval(() => child.kill('SIGINT'), 50);     // nobody sees when the first one has arrived
      const { code, stdout, stderr } = await ended;
      clearInterval(finger);
      assert.deepEqual({ code, stdout, stderr }, { code: 130, stdout: 'ready\n', stderr: '' });
    });
  }

  test(`signals, ${name}: SIGTERM ends a program that computes`, { skip, ...LIMIT }, async () => {
    const { child, ready, ended } = start([...line, 'computes']);
    await ready;
    child.kill('SIGTERM');
    assert.equal((await ended).code, 143);
  });

  test(`signals, ${name}: the first Ctrl-C ${isJs ? 'cancels main, which may clean up' : 'ends the program'}`, { skip, ...LIMIT }, async () => {
    const { child, ready, ended } = start([...line, 'cleans_up']);
    await ready;
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    assert.deepEqual({ code, stdout }, { code: 130, stdout: isJs ? 'ready\ncleaned up\n' : 'ready\n' });
  });

  for (const [what, stream] of /** @type {const} */ ([['writes', 'stdout'], ['writes_errors', 'stderr']])) {
    test(`closed pipe, ${name}: ends a program that ${what}, with 141`, { skip, ...LIMIT }, async () => {
      const { child, ended } = start([...line, what]);
      child[stream].once('data', () => child[stream].destroy());
      assert.equal((await ended).code, 141);
    });
  }

  test(`closed pipe, ${name}: a program has every exit code`, { skip, ...LIMIT }, async () => {
    assert.equal((await start([...line, 'nothing']).ended).code, 125);
  });
}

for (const [stream, args] of /** @type {const} */ ([['stdout', ['--help']], ['stderr', ['--frob']], ['stderr', ['run', 'none.c']], ['stdout', ['doctor']]])) {
  test(`closed pipe: ends bide ${args.join(' ')}, with 141`, LIMIT, async () => {
    const { child, ended } = start([process.execPath, COMMAND, ...args]);
    child[stream].destroy();
    assert.deepEqual(await ended, { code: 141, stdout: '', stderr: '' });
  });
}
