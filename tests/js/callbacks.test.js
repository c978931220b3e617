// bide_js_function: functions of C that are given to JavaScript.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { load } from '../../js/index.js';
import { buildJs, collector, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('callbacks')); });

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collect = runInNewContext('gc');
const turn = () => new Promise((resolve) => { setImmediate(resolve); });

async function start() {
  const stderr = collector(), app = await load(module, { env: virtual, stderr, stdout() {} });
  return { app, stderr, make: (/** @type {any[]} */ ...args) => app.exports.make(...args) };
}

const odd = new RangeError('odd');

describe('callbacks', () => {
  it('are functions that take as many arguments as their signature says, and ignore others', async () => {
    const { app, make } = await start(), sum = make('sum', '(a: number, b: number): number');
    assert.deepEqual([typeof sum, sum.length, sum(1, 2), sum(1, 2, 3, 'x')], ['function', 2, 3, 3]);
    assert.deepEqual(app.exports.mapped([5, 6, 7]), [5, 7, 9]);
    assert.equal(make('tell', '(a: string, b?: number): string')('x'), 'tell: 2, the first of kind 7, 0 more');
    assert.equal(make('tell', '(...all: number[]): string')(1, 2, 3), 'tell: 1, the first of kind 6, 3 more');
    assert.equal(make('tell', '(): string')(1), 'tell: 0, the first of kind -1, 0 more');
    assert.equal(make('tell', '(a?: number, b?: number): string').length, 0);
  });

  it('refuse missing and wrong arguments by a TypeError that names the parameter', async () => {
    const { make } = await start(), sum = make('sum', '(a: number, b: number): number'), wait = make('wait', '(seconds: number): Promise<void>');
    assert.throws(() => sum(1), { name: 'TypeError', message: 'callback(a, b): b is missing: callback(a, b) takes 2 arguments, not 1' });
    assert.throws(() => sum(1, '2'), { name: 'TypeError', message: 'callback(a, b): b is a string, not a number' });
    await assert.rejects(wait(), { name: 'TypeError', message: 'callback(seconds): seconds is missing: callback(seconds) takes 1 argument, not 0' });
  });

  it('are not made of a signature that can\'t be read', async () => {
    const { make, stderr } = await start();
    for (const signature of ['', 'x', '(a: number', '(a?: number, b: number): void', '(a: number)', '(...a: number[], b: number): void']) {
      assert.throws(() => make('sum', signature), { code: 'EVALUE', message: /^bide_js_function: ./ }, signature);
    }
    assert.throws(() => make('no such function', '(): void'), { code: 'EVALUE', message: 'bide_js_function: there is no function to call: it is NULL' });
    assert.equal(stderr.text, '');
  });

  it('make a task of each call, if the result is a Promise', async () => {
    const { app, make } = await start(), wait = make('wait', '(seconds: number, value?: any): Promise<any>');
    const order = [1, 0.5].map(async (seconds) => { await wait(seconds); return seconds; });
    assert.equal(await Promise.race(order), 0.5);
    assert.equal(await wait(1, wait), wait);
    const late = wait(Infinity);
    await app.close();
    await assert.rejects(late, { code: 'ECANCELED', message: 'the app has been closed' });
  });

  it('can\'t wait, if it is none', async () => {
    const { make } = await start(), wait = make('wait', '(seconds: number): void');
    assert.throws(() => wait(1), { code: 'ERUNTIME' });
  });

  it('are generators', async () => {
    const { make, stderr } = await start(), seen = [];
    for (const i of make('count', '(n: number): Generator<number>')(9)) if (seen.push(i) === 2) break;
    for await (const i of make('count', '(n: number): AsyncGenerator<number>')(2)) seen.push(i);
    assert.deepEqual([seen, stderr.text], [[0, 1, 0, 1], 'count closed by GeneratorExit\n']);
  });

  it('hand the very error on, and throw C\'s own as a BideError', async () => {
    const { make } = await start(), throws = () => { throw odd; };
    assert.throws(() => make('call', '(fn: any): any')(throws), (error) => error === odd);
    await assert.rejects(make('call', '(fn: any): Promise<any>')(throws), (error) => error === odd);
    assert.throws(() => make('fail', '(): void')(), { name: 'KeyError', code: 'EKEY', message: 'no such key' });
  });

  it('call each other through JavaScript', async () => {
    const { make } = await start(), call = make('call', '(fn: any): any');
    assert.equal(call(() => call(() => call(() => 'deep'))), 'deep');
    assert.throws(() => call(() => call(throwing)), (error) => error === odd);
    const wait = make('wait', '(seconds: number, value?: any): Promise<any>');
    assert.equal(await call(() => wait(1, 'inside')), 'inside');
  });
});

/** @returns {never} */
function throwing() {
  throw odd;
}

describe('what belongs to a callback is released', () => {
  /** @param {() => boolean} until  some collections later */
  async function collectUntil(until) {
    for (let i = 0; i < 50 && !until(); i++) {
      collect();
      await turn();
    }
    assert.ok(until());
  }

  it('when JavaScript has collected it, and once', async () => {
    const { app, make, stderr } = await start(), released = () => app.exports.released_count();
    make('sum', '(): number')();
    let held = make('tell', '(): string');
    await collectUntil(() => released() === 1);
    assert.equal(held(), 'tell: 0, the first of kind -1, 0 more');
    held = undefined;
    await collectUntil(() => released() === 2);
    await app.close();
    assert.equal(stderr.text, 'released sum\nreleased tell\n');
  });

  it('not while a call or a generator of it runs', async () => {
    const { app, make } = await start(), released = () => app.exports.released_count();
    const call = make('call', '(fn: any): Promise<void>')(() => {}), wait = make('wait', '(seconds: number): Promise<void>')(Infinity);
    const items = make('count', '(n: number): AsyncGenerator<number>')(9);
    await Promise.all([call, items.next()]);
    await collectUntil(() => released() === 1);
    assert.equal((await items.next()).value, 1);
    await app.close();
    await assert.rejects(wait, { code: 'ECANCELED' });
  });

  it('when the app is closed, when it exits, and when main returns', async () => {
    for (const ends of [(/** @type {any} */ app) => app.close(), (/** @type {any} */ app) => app.exports.make('end', '(): void')(), (/** @type {any} */ app) => app.run()]) {
      const { app, make, stderr } = await start(), sum = make('sum', '(a: number): number'), late = make('wait', '(s: number): Promise<void>');
      try {
        await ends(app);
      } catch (error) {
        assert.equal(/** @type {any} */ (error).code, 'EXIT');
      }
      assert.deepEqual(stderr.text.match(/sum|wait/g), ['sum', 'wait']);
      assert.throws(() => sum(1), { code: 'EXIT' });
      await assert.rejects(late(1), { code: 'EXIT' });
    }
  });

  it('not after a trap, which leaves C in no state to be called', async () => {
    const { make, stderr } = await start(), sum = make('sum', '(a: number): number');
    assert.throws(() => make('trap', '(): void')(), { code: 'TRAP' });
    assert.throws(() => sum(1), { code: 'TRAP' });
    assert.equal(stderr.text, '');
  });

  it('a hundred thousand leave nothing behind', async () => {
    const { app } = await start(), sizes = [];
    for (let i = 0; i < 10; i++) {
      app.exports.make_many(10_000);
      collect();
      await turn();
      sizes.push(app.memory.buffer.byteLength);
    }
    assert.equal(sizes[9], sizes[3]);
  });

  it('without memory there is none, and nothing is released', async () => {
    const { app, make, stderr } = await start();
    /** @type {any[]} */
    const made = [];
    app.exports.fill();
    assert.throws(() => {
      for (;;) made.push(make('sum', '(a: number): number'));
    }, { code: 'ENOMEM' });
    collect();
    await turn();
    assert.deepEqual([stderr.text, made.map((sum) => sum(1)).every((one) => one === 1)], ['', true]);
  });
});
