// Whose turn it is: the host's timers have theirs, whatever tasks do. And where an interrupt goes.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('turns')); });

const imports = { had_turn: () => 1, compute() {}, ask() {}, soon: async () => {} };

/** An app whose tasks go on until `after` calls what it is given.
 *  @param {(fn: () => void) => void} after  @param {any} [options] */
async function start(after, options) {
  let turns = 0;
  const app = await load(module, { ...options, imports: { ...imports, had_turn: () => turns, compute, ...options?.imports } });
  return { app, begin: () => after(() => { turns = 1; }), over: () => turns > 0 };
}

/** Work that takes a millisecond. */
function compute() {
  for (const begin = performance.now(); performance.now() < begin + 1;);
}

const ways = { 'a timer': setTimeout, 'an immediate': setImmediate };
const tasks = ['sleeps', 'promises', 'queues', 'computing'];

describe('the host has its turn while tasks', () => {
  for (const [name, after] of Object.entries(ways)) {
    for (const task of tasks) {
      it(`go on with ${task}: ${name}`, async () => {
        const { app, begin } = await start(after);
        begin();
        await app.exports[task]();
      });
    }
    it(`are started by JavaScript, one after the other: ${name}`, async () => {
      const { app, begin, over } = await start(after);
      begin();
      while (!over()) assert.equal(await app.exports.one(), 1);
    });
  }

  it('all do all of that at once', async () => {
    const { app, begin } = await start(setTimeout);
    begin();
    await Promise.all(tasks.map((task) => app.exports[task]()));
  });

  it('belong to several apps, whose slices are nothing', async () => {
    const started = await Promise.all([1, 2, 3].map(() => start(setTimeout, { slice: 0 })));
    for (const { begin } of started) begin();
    await Promise.all(started.flatMap(({ app }) => tasks.map((task) => app.exports[task]())));
  });
});

describe('a slice', () => {
  it('is not exceeded by many long steps', async () => {
    const { app, begin } = await start(setImmediate, { slice: 8 });
    begin();
    const steps = await app.exports.computing();
    assert.ok(steps <= 16, `${steps} steps of 1 ms before the host had its turn`);
  });

  it('counts from the host\'s last turn, for all apps together', async () => {
    const apps = await Promise.all([1, 2, 3].map(() => start(setImmediate, { slice: 8 })));
    for (const { begin } of apps) begin();
    const steps = await Promise.all(apps.map(({ app }) => app.exports.computing()));
    assert.ok(steps.reduce((sum, n) => sum + n) <= 16, `${steps} steps of 1 ms before the host had its turn`);
  });
});

describe('an interrupt', () => {
  /** @param {string} arg  @param {(app: any) => void} ask */
  async function interrupted(arg, ask) {
    /** @type {any} */
    let app;
    app = await load(module, { args: ['turns', arg], imports: { ...imports, ask: () => ask(app) } });
    return app;
  }

  for (const [arg, who] of Object.entries({ itself: 'by main\'s own task', helper: 'by another task' })) {
    it(`${who} from within an import reaches main's task`, async () => {
      const app = await interrupted(arg, (/** @type {any} */ given) => assert.equal(given.interrupt(), true));
      assert.equal(await app.run(), 130);
    });
  }

  it('by a call that was made before main reaches main\'s task', async () => {
    const app = await interrupted('waits', (/** @type {any} */ given) => assert.equal(given.interrupt(), true));
    const call = app.exports.background().catch((/** @type {any} */ error) => error.code);
    assert.equal(await app.run(), 130);
    assert.equal(await call, 1);
  });

  it('by an abort within an import reaches main\'s task, and the call', async () => {
    const controller = new AbortController();
    const app = await load(module, { args: ['turns', 'waits'], signal: controller.signal, imports: { ...imports, ask: () => controller.abort() } });
    const rejects = assert.rejects(app.exports.background(), { name: 'AbortError' });
    assert.equal(await app.run(), 130);
    await rejects;
  });

  it('without a main task is refused', async () => {
    /** @type {boolean[]} */
    const answers = [];
    const app = await interrupted('', (/** @type {any} */ given) => answers.push(given.interrupt()));
    assert.equal(app.interrupt(), false);
    assert.equal(await app.exports.background(), 1);
    assert.deepEqual(answers, [false]);
  });
});
