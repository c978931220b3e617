// bide/js.h: C asks and calls values of JavaScript.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('values')); });

const given = () => 3;
const start = () => load(module, { env: virtual, imports: { given } });
/** @param {any[]} args  of the program's `ask` */
const ask = async (...args) => (await start()).exports.ask(...args);

class Mine { constructor(/** @type {any[]} */ ...args) { this.args = args; } }
const odd = new RangeError('odd');
const throwing = { get x() { throw odd; }, toString() { throw odd; } };

describe('C asks', () => {
  it('for globals and imports', async () => {
    assert.equal(await ask('global', null, 'console.log'), console.log);
    assert.equal(await ask('global', null, 'noSuchName'), undefined);
    await assert.rejects(ask('global', null, 'noSuchName.x'), TypeError);
    assert.equal(await ask('import', null, 'given'), given);
    await assert.rejects(ask('import', null, 'toString'), { code: 'ELOOKUP', message: 'load() was given no import toString' });
  });

  it('for properties and items, of plain values too', async () => {
    assert.equal(await ask('get', { x: 'y' }, 'x'), 'y');
    assert.equal(await ask('get', { x: 'y' }, 'z'), undefined);
    assert.equal(await ask('get', 'grüß', 'length'), 4);
    assert.equal(await ask('index', [1, 2, 3]), 2);
    await assert.rejects(ask('get', undefined, 'length'), { name: 'TypeError' });
    await assert.rejects(ask('get', throwing, 'x'), (error) => error === odd);
  });

  it('to write them, as strict code does', async () => {
    /** @type {any} */ const object = {}, array = [0, 0], value = [1];
    await ask('set', object, 'x', value);
    await ask('set index', array, undefined, 'text');
    assert.deepEqual([object, array], [{ x: value }, [0, 'text']]);
    assert.equal(object.x, value);
    await assert.rejects(ask('set', Object.freeze({}), 'x', 1), { name: 'TypeError' });
    await assert.rejects(ask('set error', {}, 'x'), { code: 'EKEY', message: 'k' });
  });

  it('to call functions, methods and classes', async () => {
    assert.equal(await ask('call', function (/** @type {any[]} */ ...args) { return this === undefined && args.join(); }, '', 1, 'a', true), '1,a,true');
    assert.equal(await ask('method', [3, 1, 2], 'join', '-'), '3-1-2');
    assert.deepEqual(await ask('new', Mine, '', 1, 'a'), new Mine(1, 'a'));
    await assert.rejects(ask('call', 3), { name: 'TypeError', message: 'what is called is a number, not a function' });
    await assert.rejects(ask('new', () => {}), TypeError);
    await assert.rejects(ask('method', {}, 'none'), { name: 'TypeError', message: 'none is undefined, not a function' });
    await assert.rejects(ask('method', undefined, 'none'), TypeError);
    await assert.rejects(ask('call', () => { throw odd; }), (error) => error === odd);
  });

  it('for new objects, texts and types', async () => {
    assert.deepEqual([await ask('object'), await ask('array')], [{}, []]);
    assert.equal(await ask('text', { toString: () => 'text' }), 'text');
    assert.equal(await ask('text', null), 'undefined');
    await assert.rejects(ask('text', throwing), (error) => error === odd);
    const types = [[odd, 'Error'], [odd, 'RangeError'], [odd, 'object'], [odd, 'TypeError'], [given, 'function'], [given, 'Function'], ['a', 'string'], [undefined, 'undefined'], [new Mine(), 'Mine'], [7n, 'bigint'], [7, 'bigint']];
    assert.deepEqual(await Promise.all(types.map(([value, type]) => ask('is', value, type))), [true, true, true, false, true, true, true, true, true, true, false]);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.equal(await ask('is', proxy, 'Error'), false);
  });
});

/** C looks at it in a turn of its own, and until then nobody else does. @param {unknown} error */
function rejected(error) {
  const promise = Promise.reject(error);
  promise.catch(() => {});
  return promise;
}

describe('C waits', () => {
  it('for promises, thenables and any other value', async () => {
    assert.equal(await ask('await', Promise.resolve('v')), 'v');
    assert.equal(await ask('await', 5), 5);
    assert.equal(await ask('await', { then: (/** @type {any} */ f) => { f(6); f(7); } }), 6);
    const object = {};
    assert.equal(await ask('await', new Promise((resolve) => { setImmediate(resolve, object); })), object);
  });

  it('in vain, for errors', async () => {
    const { exports } = await start();
    await assert.rejects(exports.ask('await', rejected(odd)), (error) => error === odd);
    await assert.rejects(exports.ask('await', rejected(undefined)), (error) => error === undefined);
    await assert.rejects(exports.ask('await', { get then() { throw odd; } }), (error) => error === odd);
  });

  it('no longer than until it is cancelled', async () => {
    const app = await start(), controller = new AbortController(), call = app.call('ask', ['await', new Promise(() => {})], { signal: controller.signal });
    setImmediate(() => controller.abort(odd));
    await assert.rejects(call, (error) => error === odd);
  });
});

describe('errors', () => {
  it('have a code and a message in C', async () => {
    const { exports } = await start();
    assert.equal(exports.caught(() => { throw new TypeError('bad'); }), 'Error TypeError: bad');
    assert.equal(exports.caught(() => { throw undefined; }), 'Error undefined');
    assert.equal(exports.caught(() => 1), ' ');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.equal(exports.caught(() => { throw proxy; }), 'Error an error that throws when it is looked at');
  });

  it('reach the caller as the very object', async () => {
    const { exports } = await start();
    assert.throws(() => exports.joins(() => { throw odd; }, []), (error) => error === odd);
    assert.equal(exports.joins((/** @type {string[]} */ ...texts) => texts.join('+'), ['a', 'b']), 'a+b');
    assert.throws(() => exports.joins(() => 3, []), { code: 'ETYPE' });
  });
});
