// bide_js_signal: an AbortSignal that the cancellation of a task aborts.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('abort')); });

/** An app, the signals that C tells of, whether each was aborted then, and a promise of the first. */
async function start() {
  const app = await load(module, { env: virtual }), signals = /** @type {AbortSignal[]} */ ([]), late = /** @type {boolean[]} */ ([]);
  let told = () => {};
  const first = new Promise((resolve) => { told = () => { setImmediate(resolve); }; });
  const tell = (/** @type {AbortSignal} */ signal) => { signals.push(signal); late.push(signal.aborted); told(); };
  return { app, signals, late, tell, first };
}

describe('the signal of a task', () => {
  it('is aborted with the reason of the caller, at once', async () => {
    const { app, signals, tell, first } = await start(), controller = new AbortController(), order = /** @type {string[]} */ ([]);
    const call = app.call('waits', [tell, Infinity], { signal: controller.signal });
    await first;
    assert.equal(signals[0].aborted, false);
    signals[0].addEventListener('abort', () => order.push('aborted'));
    controller.abort('why');
    order.push('then');
    await assert.rejects(call, (error) => error === 'why');
    assert.deepEqual([order, signals[0].reason], [['aborted', 'then'], 'why']);
  });

  it('stays as it is when the task ends', async () => {
    const { app, signals, tell } = await start();
    await app.exports.waits(tell, 1);
    await app.close();
    assert.equal(signals[0].aborted, false);
  });

  it('is aborted by a timeout, and the next one is new', async () => {
    const { app, signals, late, tell } = await start();
    await app.exports.times_out(tell);
    assert.deepEqual([late, signals.map(({ aborted }) => aborted)], [[false, false], [true, false]]);
    assert.equal(signals[0].reason.name, 'AbortError');
  });

  it('is aborted from the start while a cancelled task cleans up, and the same', async () => {
    const { app, signals, late, tell, first } = await start(), call = app.exports.cleans_up(tell);
    await first;
    await Promise.all([app.close(), assert.rejects(call, { code: 'ECANCELED' })]);
    assert.deepEqual([late, signals[0] === signals[1]], [[false, true], true]);
  });

  it('is another one in each task', async () => {
    const { app, signals, tell } = await start();
    assert.equal(await app.exports.cancels(tell), 'CancelledError');
    await Promise.all([app.exports.waits(tell, 1), app.exports.waits(tell, 1)]);
    assert.deepEqual([new Set(signals).size, signals.map(({ aborted }) => aborted)], [3, [true, false, false]]);
  });

  it('is not there outside of one', async () => {
    const { app } = await start();
    assert.throws(() => app.exports.now(), { code: 'ERUNTIME' });
  });

  it('may call C in its listeners', async () => {
    const { app, signals, tell, first } = await start(), controller = new AbortController(), call = app.call('waits', [tell, Infinity], { signal: controller.signal });
    await first;
    /** @type {Promise<any> | undefined} */
    let inside;
    signals[0].addEventListener('abort', () => {
      assert.throws(() => app.exports.now(), { code: 'ERUNTIME' });
      inside = app.exports.waits(tell, 1);
    });
    controller.abort('why');
    await assert.rejects(call, (error) => error === 'why');
    await inside;
  });

  it('leaves nothing behind', async () => {
    const { app } = await start(), sizes = [];
    for (let i = 0; i < 10; i++) {
      await Promise.all(Array.from({ length: 2000 }, () => app.exports.many(1)));
      sizes.push(app.memory.buffer.byteLength);
    }
    assert.equal(sizes[9], sizes[1]);
  });
});
