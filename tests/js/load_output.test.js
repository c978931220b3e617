// What C prints is to be seen when the call ends, while it waits, and after a trap.

import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs, collector } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('output')); });

const LINES = 'line 0\nline 1\nline 2\n';

it('a call that has ended has its output written', async () => {
  const stdout = collector();
  const app = await load(module, { stdout });
  assert.equal(await app.exports.say(3), 3);
  await new Promise(setImmediate);
  assert.equal(stdout.text, LINES);
});

it('a call that waits has its output written', async () => {
  const stdout = collector(), controller = new AbortController();
  const app = await load(module, { stdout });
  const call = app.call('say_and_wait', [3], { signal: controller.signal });
  await new Promise(setImmediate);
  assert.equal(stdout.text, LINES);
  controller.abort();
  await assert.rejects(call, { name: 'AbortError' });
});

it('what was printed before a trap is written', async () => {
  const stdout = collector();
  const app = await load(module, { stdout });
  await assert.rejects(app.exports.say_and_trap(3), { code: 'TRAP' });
  assert.equal(stdout.text, LINES);
});
