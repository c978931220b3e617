// Typed functions that are generators: they follow JavaScript's own, and run C's clean-up.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('functions')); });

const start = () => load(module, { env: virtual, imports: { work: async () => {}, ask() {} } });
const item = (/** @type {unknown} */ value) => ({ value, done: false }), end = (/** @type {unknown} */ value) => ({ value, done: true });

describe('an AsyncGenerator', () => {
  it('gives items in its time, and ends', async () => {
    const { exports } = await start(), items = [];
    for await (const one of exports.ticks(0.5, 3)) items.push(one);
    assert.deepEqual(items, [1, 2, 3]);
    assert.equal(exports.closes(), 1);
  });

  it('is closed by break, which runs the clean-up of C', async () => {
    const { exports } = await start();
    for await (const one of exports.ticks(0.5, 3)) if (one === 2) break;
    assert.equal(exports.closes(), 1);
  });

  it('follows next, return and throw of JavaScript\'s own', async () => {
    const { exports } = await start(), mine = new RangeError('mine');
    async function* echo(/** @type {string} */ first) {
      let sent;
      for (;;) sent = yield sent ?? first;
    }
    for (const make of [echo, exports.echo]) {
      const one = make('first'), two = make('first'), three = make('first'), four = make('first');
      assert.deepEqual([await one.next('lost'), await one.next('a'), await one.next([1]), await one.next()], [item('first'), item('a'), item([1]), item('first')]);
      assert.deepEqual([await one.return(7), await one.return(8), await one.next()], [end(7), end(8), end(undefined)]);
      assert.deepEqual([await two.return(Promise.resolve(7)), await two.next()], [end(7), end(undefined)]);
      await assert.rejects(three.throw(mine), (error) => error === mine);
      assert.deepEqual(await three.next(), end(undefined));
      assert.deepEqual(await Promise.all([four.next(), four.next(1), four.next(2)]), [item('first'), item(1), item(2)]);
      await assert.rejects(four.throw(mine), (error) => error === mine);
      await assert.rejects(four.throw(mine), (error) => error === mine);
      assert.deepEqual(await four.next(), end(undefined));
    }
  });

  it('can catch what is thrown into it', async () => {
    const { exports } = await start(), { BideError } = await import('../../js/index.js'), one = exports.echo('first');
    await one.next();
    assert.deepEqual(await one.throw(new BideError('EKEY', 'k')), item('caught k'));
    assert.deepEqual(await one.next(3), item(3));
  });

  it('that waits is cancelled by return, and then closed', async () => {
    const { exports } = await start(), one = exports.ticks(3600, 3);
    const first = one.next();
    for (let i = 0; i < 5; i++) await exports.unused(1);          // it sleeps by now, or has its first item
    assert.deepEqual(await one.return('r'), end('r'));
    await first;
    assert.deepEqual(await one.next(), end(undefined));
    assert.equal(exports.closes(), 1);
  });

  it('gives an item at once, if nothing else is to be done; else behind that', async () => {
    /** @type {string[]} */
    const order = [], app = await load(module, { env: virtual, imports: { ask() {}, async work() { order.push('call'); } } }), one = app.exports.echo('first');
    const item = () => one.next().then(() => { order.push('item'); }), call = () => app.exports.passes_on();
    await one.next();
    await Promise.all([item(), call()]);
    await Promise.all([call(), item()]);
    assert.deepEqual(order, ['item', 'call', 'call', 'item']);
  });

  it('is asked while C is on the stack, and answers later', async () => {
    /** @type {Promise<any>[]} */
    const asked = [], ask = () => { asked.push(one.next('sent'), one.next()); };
    const app = await load(module, { env: virtual, imports: { ask, async work() { ask(); } } }), one = app.exports.echo('first');
    await one.next();
    assert.equal(app.exports.asks(3), 3);
    assert.equal(await app.exports.passes_on(), undefined);
    assert.deepEqual(await Promise.all(asked), [item('sent'), item('first'), item('sent'), item('first')]);
  });

  it('leaves the host its turn', async () => {
    const app = await load(module, { env: virtual, slice: 0, imports: { work() {}, ask() {} } });
    let turns = 0;
    const again = () => { turns++; immediate = setImmediate(again); };
    let immediate = setImmediate(again);
    for await (const one of app.exports.prints(0)) if (one === 400) break;
    clearImmediate(immediate);
    assert.ok(turns > 5, `${turns} turns`);
  });

  it('waits until what it has printed is delivered', async () => {
    let isDelivered = false;
    /** @type {((value?: any) => void)[]} */
    const deliveries = [], stdout = () => new Promise((resolve) => { deliveries.push(resolve); });
    const app = await load(module, { env: virtual, stdout, slice: 1e6, imports: { work() {}, ask() {} } }), one = app.exports.prints(100_000);
    await one.next();
    const second = one.next().then((/** @type {any} */ result) => [isDelivered, result]);
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    isDelivered = true;
    for (const deliver of deliveries) deliver();
    assert.deepEqual(await second, [true, item(1)]);
  });

  it('that was never begun runs nothing', async () => {
    const { exports } = await start(), one = exports.ticks(1, 1);
    assert.deepEqual(await one.return(), end(undefined));
    assert.equal(exports.closes(), 0);
    exports.ticks(1, 1);
    assert.throws(() => exports.ticks('1', 1), { name: 'TypeError', message: 'ticks: period is a string, not a number' });
  });

  it('is closed if an item has the wrong kind', async () => {
    const { exports } = await start(), one = exports.wrong_items();
    await assert.rejects(one.next(), { code: 'ETYPE', message: 'wrong_items: the result is a number, not a string' });
    assert.deepEqual(await one.next(), end(undefined));
  });

  it('ends by the signal of its call, with the reason', async () => {
    const app = await start(), controller = new AbortController(), one = app.call('echo', ['a'], { signal: controller.signal });
    assert.deepEqual(await one.next(), item('a'));
    controller.abort('enough');
    await assert.rejects(one.next(), (error) => error === 'enough');
    assert.deepEqual(await one.next(), end(undefined));
    assert.equal(app.exports.closes(), 1);
    await assert.rejects(app.call('echo', ['a'], { signal: AbortSignal.abort('why') }).next(), (error) => error === 'why');
  });

  it('that is left rejects after the end of the program', async () => {
    const { exports } = await start(), one = exports.echo('a');
    await one.next();
    assert.throws(() => exports.traps(), { code: 'TRAP' });
    assert.deepEqual(await one.next(), end(undefined));
    await assert.rejects(exports.echo('a').next(), { code: 'TRAP' });
  });

  it('is closed with the app, whoever waits for it', async () => {
    const app = await start(), idle = app.exports.echo('a'), waiting = app.exports.ticks(Infinity, 1), plain = app.exports.echo_plain('a');
    await idle.next();
    const next = waiting.next();
    await Promise.all([app.close(), assert.rejects(next, { code: 'ECANCELED', message: 'the app has been closed' })]);
    for (const one of [idle, waiting]) assert.deepEqual(await one.next(), end(undefined));
    await assert.rejects(app.exports.echo('a').next(), { code: 'EXIT', message: 'the app has been closed' });
    assert.throws(() => plain.next(), { code: 'EXIT' });
  });
});

describe('a Generator', () => {
  it('gives items at once', async () => {
    const { exports } = await start();
    assert.deepEqual([...exports.count_plain(3)], [0, 1, 2]);
    assert.deepEqual(Math.max(...exports.count_plain(300)), 299);
    for (const one of exports.count_plain(1e9)) if (one === 5) break;
  });

  it('follows JavaScript\'s own', async () => {
    const { exports } = await start(), mine = new RangeError('mine');
    function* echo(/** @type {string} */ first) {
      let sent;
      for (;;) sent = yield sent ?? first;
    }
    for (const make of [echo, exports.echo_plain]) {
      const one = make('first'), two = make('first');
      assert.deepEqual([one.next('lost'), one.next(3), one.return(8), one.next(), one.return(9)], [item('first'), item(3), end(8), end(undefined), end(9)]);
      assert.throws(() => two.throw(mine), (error) => error === mine);
      assert.deepEqual(two.next(), end(undefined));
      const three = make('first');
      three.next();
      assert.throws(() => three.throw(mine), (error) => error === mine);
      assert.deepEqual(three.next(), end(undefined));
    }
    assert.equal(exports.closes(), 2);
  });

  it('can not wait', async () => {
    const { exports } = await start();
    assert.throws(() => exports.sleeps_plain().next(), { code: 'ERUNTIME' });
  });
});
