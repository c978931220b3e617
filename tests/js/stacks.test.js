// Synchronous functions run on a stack of 128 KB, however small that of the task is from which JavaScript calls them.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('stacks')); });

const TOUCHED = 100 * 16;

/** Whether main runs, which has most of the linear memory's own stack. */
for (const withMain of [false, true]) {
  describe(withMain ? 'beside main' : 'without main', () => {
    const start = async () => {
      const app = await load(module);
      if (withMain) app.run().catch(() => {});
      return app;
    };

    it('a synchronous call may need 100 KB, from anywhere', async () => {
      const app = await start(), { deep, in_task: inTask, now } = app.exports, use = () => deep(100);
      assert.equal(use(), TOUCHED);
      assert.equal(await inTask(use), TOUCHED);
      assert.equal(now(use, 1), TOUCHED);
      assert.deepEqual(await Promise.all([inTask(use), inTask(() => now(() => deep(50), 1))]), [TOUCHED, TOUCHED / 2]);
      await app.close();
    });

    it('what a generator calls in it stays on the stack of that', async () => {
      const app = await start(), { deep, in_task: inTask, in_generator: inGenerator, now } = app.exports;
      assert.deepEqual(await inTask(() => now(() => [...inGenerator(() => deep(4))], 1)), [64]);
      assert.deepEqual([...inGenerator(() => deep(100))], [TOUCHED]);
      await app.close();
    });

    it('calls that nest too deep are an error, and spoil nothing', async () => {
      const app = await start(), { deep, now, in_task: inTask } = app.exports;
      const nest = (/** @type {number} */ n) => (n ? now(nest, n - 1) : 'the end');
      assert.equal(nest(100), 'the end');
      assert.equal(await inTask(() => nest(100)), 'the end');
      const other = await start(), endless = () => other.exports.now(endless, 1);
      for (const call of [async () => endless(), () => other.exports.in_task(endless)]) {
        await assert.rejects(call, (/** @type {any} */ error) => error instanceof RangeError || error.code === 'TRAP');
      }
      assert.equal(deep(100), TOUCHED);
      await app.close();
    });
  });
}
