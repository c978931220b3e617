// --debug and -g: what they link, and what makes a program use it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { load } from '../../js/index.js';
import { COMMAND, workspace } from './cli_support.js';

const TARGETS = { js: [], 'wasi, node': ['--target', 'wasi', '--engine', 'node'] };

/** Leaves a task behind, which is all that debug mode says about it. */
const LEAVES = `#include <bide.h>
#include <stdio.h>
static int sleeps(void *arg) { (void)arg; return bide_sleep(3600); }
static int start(void *arg) {
    (void)arg;
#ifdef BIDE_DEBUG
    bide_loop_set_slow_callback_duration(NULL, INFINITY);
    puts("compiled for it");
#endif
    bide_release(bide_create_task(sleeps, NULL));
    return bide_sleep(1);
}
int main(void) { return bide_main(start, NULL); }
`;
const LEFT = 'bide: debug: left when the main task ended: Task-2 waits for a sleep at app.c:3, created at app.c:10 by Task-1\n';

const DEADLOCKS = `#include <bide.h>
static bide_event event;
static int waits(void *arg) { (void)arg; return bide_event_wait(&event); }
static int start(void *arg) { (void)arg; return bide_join(bide_create_task(waits, NULL), NULL); }
int main(void) { return bide_main(start, NULL); }
`;
const HEAD = 'bide: deadlock: nothing is ready, no timer is set, and these tasks wait:\n';
const LIST = `${HEAD}  Task-1 waits for Task-2\n  Task-2 waits for an event\n`;
const TREE = /^bide: deadlock: .*\n {2}Task-1 waits for Task-2 \(0\.000 s, stack \d+ of 16384 bytes\)\n {4}Task-2 waits for an event \(.*\)\n$/;

for (const [name, target] of Object.entries(TARGETS)) {
  test(`debug mode on ${name}: by --debug, and by the environment`, (t) => {
    const { bide } = workspace(t, { 'app.c': LEAVES });
    const reported = { status: 0, stdout: 'compiled for it\n', stderr: LEFT };
    assert.deepEqual(bide(['run', ...target, '--virtual-time', '--debug', 'app.c']), reported);
    assert.deepEqual(bide(['run', ...target, '--virtual-time', 'app.c'], { env: { BIDE_DEBUG: '1' } }), reported);
    assert.deepEqual(bide(['run', ...target, '--virtual-time', 'app.c']), { status: 0, stdout: '', stderr: '' });
  });

  test(`debug mode on ${name}: a deadlock under bide run is reported as a tree`, (t) => {
    const { bide } = workspace(t, { 'app.c': DEADLOCKS });
    const { status, stderr } = bide(['run', ...target, '--virtual-time', 'app.c']);
    assert.match(stderr, TREE);
    assert.equal(status, 13);
    assert.match(bide(['run', ...target, '--virtual-time', '--debug', 'app.c']).stderr, /\n {4}Task-2 waits for an event at app\.c:3 \(/);
  });
}

test('debug mode: a program of bide build has it with --debug and wants BIDE_DEBUG=1', async (t) => {
  const { bide, dir } = workspace(t, { 'app.c': LEAVES });
  /** @param {string} out  @param {Record<string, string>} env */
  const run = async (out, env) => {
    let stderr = '';
    const app = await load(join(dir, out, 'app.wasm'), { env: { BIDE_VIRTUAL_TIME: '1', ...env }, stdout: () => {}, stderr: (chunk) => { stderr += chunk; } });
    await app.run();
    return stderr;
  };
  assert.equal(bide(['build', 'app.c', '-o', 'with', '--debug']).status, 0);
  assert.equal(bide(['build', 'app.c', '-o', 'without']).status, 0);
  assert.equal(await run('with', { BIDE_DEBUG: '1' }), LEFT);
  assert.equal(await run('with', {}), '');
  assert.equal(await run('without', { BIDE_DEBUG: '1' }), '');
});

/** Run a WASI module on the virtual clock. @param {string} file  @returns {string} its stderr */
function runWasi(file) {
  const runner = join(dirname(COMMAND), 'wasi-node.js');
  const args = ['--no-warnings', runner, file, JSON.stringify({ args: ['app'], preopens: {} })];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, BIDE_VIRTUAL_TIME: '1' } }).stderr;
}

test('debug mode: bide build links the tree with -g or if the program refers to it, else a plain list is reported', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': DEADLOCKS, 'refers.c': `${DEADLOCKS}void (*keep(void))(bide_loop *) { return bide_dump; }\n` });
  const stderrOf = (/** @type {string[]} */ ...args) => {
    assert.equal(bide(['build', '--target', 'wasi', '-o', 'app.wasm', ...args]).status, 0);
    return runWasi(join(dir, 'app.wasm'));
  };
  assert.equal(stderrOf('app.c'), LIST);
  assert.match(stderrOf('app.c', '-g'), TREE);
  assert.match(stderrOf('refers.c'), TREE);
});

test('debug mode: a program that is built plainly carries none of it', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': DEADLOCKS });
  const words = (/** @type {string[]} */ ...args) => {
    assert.equal(bide(['build', 'app.c', '-o', 'out', ...args]).status, 0);
    return readFileSync(join(dir, 'out/app.wasm'), 'latin1');
  };
  for (const text of ['see above', 'bide: debug: ']) {
    assert.ok(!words().includes(text), text);
    assert.ok(words('--debug').includes(text), text);
  }
});

const ASKS = `#include <bide.h>
BIDE_IMPORT_PROMISE("get") bide_promise get(int n);
static int asks(void *arg) {
    bide_loop_set_slow_callback_duration(NULL, INFINITY);
    bide_promise awaited = get(1), dropped = get(2);
    (void)get(*(int *)arg);
    bide_promise_drop(dropped);
    return bide_await_promise(awaited, NULL);
}
BIDE_EXPORT int ask(int n) {
    BIDE_TRY(bide_await(bide_create_task(asks, &n), NULL));
    (void)get(n);
    return 0;
}
`;

test('debug mode: a promise that nobody awaited or dropped is named with the task that asked', async (t) => {
  const { bide, dir } = workspace(t, { 'app.c': ASKS });
  assert.equal(bide(['build', '--debug', 'app.c', '--target', 'js', '-o', 'out']).status, 0);
  let stderr = '';
  const module = await WebAssembly.compile(readFileSync(join(dir, 'out/app.wasm')));
  const app = await load(module, {
    env: { BIDE_DEBUG: '1' }, imports: { get: async (/** @type {number} */ n) => n },
    stderr: (/** @type {Uint8Array} */ chunk) => { stderr += Buffer.from(chunk).toString(); },
  });
  assert.equal(await app.exports.ask(3), 0);
  const rest = 'has ended, and nobody awaited or dropped a promise of get() that it asked for';
  const left = stderr.split('\n').filter((line) => line.includes('promise'));
  assert.equal(left.length, 2);
  assert.equal(left[0], `bide: debug: Task-1, created at app.c:11 by ask, ${rest}`);
  assert.ok(left[1].startsWith('bide: debug: ask, ') && left[1].endsWith(rest), left[1]);
});
