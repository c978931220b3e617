// Typed functions: what JavaScript passes is checked and converted by the signature, and so is what it gets.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { BideError, load } from '../../js/index.js';
import { buildJs, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('functions')); });

/** @param {Record<string, Function>} [imports] */
const start = (imports) => load(module, { env: virtual, imports: { work: async () => {}, ask() {}, ...imports } });
/** @param {any} value  that is passed to C and comes back by `name`, or is refused  @param {string} name */
const back = async (name, value) => (await start()).exports[name](value);

describe('typed functions', () => {
  it('are calls of their own: a Promise is a task, all else an answer at once', async () => {
    const app = await start();
    const first = app.exports.greet('Ada'), second = app.exports.greet('Grace', 3);
    assert.ok(first instanceof Promise);
    assert.deepEqual(await Promise.all([first, second]), ['hello Ada, 1 times', 'hello Grace, 3 times']);
    assert.equal(app.exports.area(2, 3), 6);
    assert.equal(app.exports.remove(), undefined);
    assert.equal(await app.exports.exported(1), 2);
    assert.equal(await app.call('greet', ['Ada', 2]), 'hello Ada, 2 times');
    assert.equal(app.call('area', [4, 5]), 20);
  });

  it('are cancelled when the app is closed, and then refused', async () => {
    const app = await start(), call = app.exports.greet('Ada', Infinity);
    await app.close();
    await assert.rejects(call, { code: 'ECANCELED', message: 'the app has been closed' });
    await assert.rejects(app.exports.greet('Ada'), { code: 'EXIT', message: 'the app has been closed' });
    assert.throws(() => app.exports.area(2, 3), { code: 'EXIT', message: 'the app has been closed' });
  });

  it('refuse wrong arguments before C runs, by a TypeError with function, parameter and what came', async () => {
    const { exports } = await start();
    /** @type {[() => unknown, RegExp][]} */
    const wrong = [
      [() => exports.area(2), /^area: h is missing: area takes 2 arguments, not 1$/],
      [() => exports.area(2, 3, 4), /^area takes 2 arguments, not 3$/],
      [() => exports.area('2', 3), /^area: w is a string, not a number$/],
      [() => exports.area(2, null), /^area: h is null, not a number$/],
      [() => exports.area(2, 3n), /^area: h is a bigint, not a number$/],
      [() => exports.rest(), /^rest: first is missing: rest takes 1 or more arguments, not 0$/],
      [() => exports.rest('a', 1, 'b'), /^rest: rest\[1\] is a string, not a number$/],
      [() => exports.same_texts(['a', 1]), /^same_texts: value\[1\] is a number, not a string$/],
      [() => exports.same_texts('a'), /^same_texts: value is a string, not an array$/],
      [() => exports.same_bytes([1]), /^same_bytes: value is an object \(Array\), not a Uint8Array$/],
      [() => exports.same_bytes(new Uint16Array(1)), /^same_bytes: value is an object \(Uint16Array\), not a Uint8Array$/],
      [() => exports.same_or_null(undefined), /^same_or_null: value is undefined, not a string$/],
      [() => exports.same_boolean(1), /^same_boolean: value is a number, not a boolean$/],
      [() => exports.same_bigint(1), /^same_bigint: value is a number, not a bigint$/],
    ];
    for (const [call, message] of wrong) assert.throws(call, { name: 'TypeError', message });
    await assert.rejects(exports.greet(), { name: 'TypeError', message: 'greet: name is missing: greet takes 1 to 2 arguments, not 0' });
    await assert.rejects(exports.greet('Ada', '3'), { name: 'TypeError', message: 'greet: times is a string, not a number' });
    assert.equal(await exports.greet('Ada', undefined), 'hello Ada, 1 times');
  });

  it('refuse a detached buffer, and what throws when it is looked at', async () => {
    const { exports } = await start(), bytes = new Uint8Array(4);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    assert.throws(() => exports.same_bytes(bytes), { name: 'TypeError', message: /^same_bytes: value is a Uint8Array whose buffer is detached$/ });
    const odd = new RangeError('odd'), texts = Object.defineProperty(['a'], 0, { get() { throw odd; } });
    assert.throws(() => exports.same_texts(texts), (error) => error === odd);
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    assert.throws(() => exports.same_texts(proxy), TypeError);
  });
});

describe('functions of numbers alone', () => {
  it('take as many as they declare', async () => {
    const { exports } = await start();
    assert.deepEqual([exports.zero(), exports.area(-0, 3), exports.four(1, 2, 3, 4), exports.five(1, 2, 3, 4, 5)], [0, -0, 1234, 12345]);
    assert.deepEqual(await Promise.all([exports.zero_later(), exports.four_later(1, 2, 3, 4), exports.five_later(1, 2, 3, 4, 5)]), [0, 1234, 12345]);
    for (const [name, least] of Object.entries({ zero: 0, four: 4, five: 5 })) {
      for (const count of [0, 1, 3, 4, 5, 6].filter((one) => one !== least)) {
        const args = Array(count).fill(1), message = RegExp(`takes ${least} arguments?, not ${count}$`);
        assert.throws(() => exports[name](...args), { name: 'TypeError', message });
        await assert.rejects(exports[`${name}_later`](...args), { name: 'TypeError', message });
      }
    }
    for (const wrong of [undefined, null, '1', 1n, {}]) {
      assert.throws(() => exports.four(1, 2, 3, wrong), { name: 'TypeError', message: /^four: d is / });
      await assert.rejects(exports.four_later(wrong, 2, 3, 4), { name: 'TypeError', message: /^four_later: a is / });
    }
  });

  it('give a number, or fail', async () => {
    const { exports } = await start();
    for (let times = 0; times < 2; times++) {
      assert.deepEqual([exports.odd(0), exports.odd(1), exports.odd(6)], [NaN, 7, -0]);
      assert.deepEqual([await exports.odd_later(0), await exports.odd_later(1), await exports.odd_later(6)], [NaN, 7, -0]);
      /** @type {[number, object][]} */
      const failures = [
        [2, { name: 'RangeError' }], [3, { code: 'ETYPE', message: /: the result is text, not a number$/ }], [4, { code: 'EKEY', message: 'k' }],
        [5, { code: 'ETYPE', message: /: the result is nothing, not a number$/ }],
      ];
      for (const [how, error] of failures) {
        assert.throws(() => exports.odd(how), error);
        await assert.rejects(exports.odd_later(how), error);
      }
    }
  });

  it('may call each other, by JavaScript', async () => {
    /** @type {number[]} */
    const answers = [];
    let depth = 0;
    const app = await start({ ask() { if (++depth < 4) answers.push(app.exports.area(depth, 2), app.exports.asks(depth), app.exports.odd(0)); } });
    assert.equal(app.exports.asks(9), 9);
    assert.deepEqual(answers, [6, 3, NaN, 4, 2, NaN, 2, 1, NaN]);
  });

  it('end with the app', async () => {
    const app = await start({ ask() { app.exports.traps(); } });
    assert.throws(() => app.exports.asks(1), { code: 'TRAP' });
    assert.throws(() => app.exports.zero(), { code: 'TRAP' });
    await assert.rejects(app.exports.zero_later(), { code: 'TRAP' });
    const closed = await start();
    closed.close();
    assert.throws(() => closed.exports.zero(), { code: 'EXIT' });
    await assert.rejects(closed.exports.zero_later(), { code: 'EXIT' });
    const aborted = new AbortController(), signalled = await load(module, { env: virtual, signal: aborted.signal, imports: { work() {}, ask() {} } });
    aborted.abort(new Error('over'));
    await assert.rejects(signalled.exports.zero_later(), { message: 'over' });
  });
});

it('a call has a context of its own', async () => {
  const { exports } = await start();
  assert.deepEqual([exports.context('a'), exports.context('b')], [false, false]);
});

it('app.exports inherits nothing', async () => {
  const { exports } = await start();
  assert.equal(Object.getPrototypeOf(exports), null);
  for (const key of ['__proto__', 'constructor', 'then', 'toString', 'hasOwnProperty']) assert.equal(exports[key], undefined);
  assert.equal(await exports, exports);
  assert.deepEqual(Object.keys(exports).filter((name) => typeof exports[name] !== 'function'), []);
});

describe('values', () => {
  const object = { a: 1 }, symbol = Symbol('s'), fn = () => {};
  /** @type {[string, any][]} */
  const same = [
    ['same', 1.5], ['same', -0], ['same', true], ['same', ''], ['same', 'grüß\0 😀'], ['same', object], ['same', symbol], ['same', fn],
    ['same', 2n ** 62n], ['same_later', object], ['same_later', 'x'.repeat(70000)], ['same_number', NaN], ['same_bigint', -(2n ** 63n)], ['same_boolean', false],
    ['same_string', 'ü'.repeat(1000)], ['same_bytes', new Uint8Array([0, 255])], ['same_bytes', new Uint8Array()], ['same_texts', ['a', '', 'ü']], ['same_texts', []],
    ['same_lists', [[1], [], [2, 3]]], ['same_or_null', null], ['same_or_null', 'a'], ['same_or_undefined', undefined],
  ];
  for (const [name, value] of same) it(`${name} of ${typeof value === 'string' ? value.length : typeof value}`, async () => assert.deepEqual(await back(name, value), value));

  it('of text arrive whole, whatever their characters and lengths', async () => {
    const { exports } = await start(), lengths = [...Array(50).keys(), ...[1008, 2032, 4080, 65520].flatMap((size) => [-2, -1, 0, 1, 2].map((more) => size + more))];
    for (const character of ['a', 'ü', '漢', '😀', '\ud83d']) {
      for (const length of lengths) {
        for (const text of [character.repeat(length), `${'a'.repeat(length)}${character}`, `${character}${'a'.repeat(length)}`, 'a'.repeat(length >> 1) + character.repeat(length >> 1)]) {
          const whole = text.replaceAll(/\ud83d(?!\ude00)/g, '\ufffd');
          assert.equal(exports.measured(text), Buffer.byteLength(whole));
          assert.ok(exports.same_string(text) === whole, `${character} ${length}`);
        }
      }
    }
  });

  it('keep their identity, if C can hold no copy', async () => {
    for (const value of [object, symbol, fn, [1], new Error('e'), Promise.resolve(1).constructor]) {
      assert.equal(await back('same', value), value);
      assert.equal(await back('same_later', value), value);
    }
  });

  it('have the kinds of the table', async () => {
    const { exports } = await start();
    const kinds = [undefined, null, 1n, 1, new Uint8Array(), new ArrayBuffer(1), new DataView(new ArrayBuffer(1)), 'a', true, [], {}].map((value) => exports.kind(value));
    assert.deepEqual(kinds, [0, 0, 1, 2, 4, 4, 4, 7, 8, 9, 9]);
  });

  it('change where JavaScript has another notion', async () => {
    assert.equal(await back('same', null), undefined);
    assert.equal(await back('same', 3n), 3);
    assert.equal(await back('same', 'a\ud800b'), 'a\ufffdb');
    assert.deepEqual(await back('same', new Uint8Array([1]).buffer), new Uint8Array([1]));
    assert.equal(await back('pointer', undefined).catch(() => 0), 0);
    assert.equal((await start()).exports.pointer(), 0x80000004);
  });

  it('that C or JavaScript can not hold are errors', async () => {
    const { exports } = await start();
    assert.throws(() => exports.same(2n ** 63n), { code: 'EVALUE', message: 'same: value gave a bigint beyond 64 bits' });
    assert.throws(() => exports.same_bigint(2n ** 64n), { code: 'EVALUE' });
    assert.equal(exports.integer('9007199254740991'), 9007199254740991);
    assert.throws(() => exports.integer('9007199254740993'), { name: 'RangeError', message: /^integer: the result is 9007199254740993, which no number/ });
    const array = [1, 2];
    assert.equal(exports.pointer_number(), 2 ** 32 - 16);
    assert.equal(exports.as_numbers(array), array);
    assert.throws(() => exports.as_numbers([1, 'a']), { code: 'ETYPE', message: 'as_numbers: the result[1] is a string, not a number' });
    assert.throws(() => exports.as_numbers({}), { code: 'ETYPE', message: 'as_numbers: the result is an object (Object), not an array' });
    assert.throws(() => exports.wrong(), { code: 'ETYPE', message: 'wrong: the result is an integer, not a string' });
    await assert.rejects(exports.wrong_later(), { code: 'ETYPE', message: 'wrong_later: the result is text, not a boolean' });
  });

  it('of a rest are one list', async () => {
    const { exports } = await start();
    assert.equal(exports.rest('a'), 'a 0 0');
    assert.equal(exports.rest('a', 1, 2, 3), 'a 3 6');
  });
});

describe('ends of typed functions', () => {
  it('are BideErrors of C, or the very error of JavaScript', async () => {
    const error = new RangeError('mine'), { exports } = await start({ work: async () => { throw error; } });
    assert.throws(() => exports.fails('no'), (e) => e instanceof BideError && e.code === 'EKEY' && e.message === 'no');
    await assert.rejects(exports.fails_later('no'), { code: 'EKEY', message: 'no' });
    await assert.rejects(exports.passes_on(), (e) => e === error);
  });

  it('of groups have their members', async () => {
    const { exports } = await start(), odd = new RangeError('odd'), cause = () => { throw odd; };
    for (const call of [async () => exports.fails_as_group('no key', cause), () => exports.fails_as_group_later('no key', cause)]) {
      const error = await call().catch((/** @type {any} */ thrown) => thrown), [inner] = error.errors;
      assert.deepEqual([error.code, error.message, error.errors.length], ['EGROUP', 'outer (1 sub-exception)', 1]);
      assert.deepEqual([inner.code, inner.message, inner.errors.length], ['EGROUP', 'inner (2 sub-exceptions)', 2]);
      assert.deepEqual([inner.errors[0].code, inner.errors[0].message, inner.errors[0].errors], ['EKEY', 'no key', undefined]);
      assert.equal(inner.errors[1], odd);
    }
  });

  it('come at once where nothing can wait', async () => {
    const { exports } = await start();
    assert.throws(() => exports.waits_in_vain(), { code: 'ERUNTIME' });
  });

  it('by a signal have its reason', async () => {
    const app = await start(), controller = new AbortController(), reason = new Error('enough');
    const call = app.call('waits', [1000], { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(call, (e) => e === reason);
    await assert.rejects(app.call('waits', [1], { signal: controller.signal }), (e) => e === reason);
  });

  it('a stack has the size that the function asks for', async () => {
    const { exports } = await start();
    assert.equal(await exports.digs(5000), 20);
  });

  it('a synchronous call from within one has room of its own', async () => {
    /** @type {any} */ let app;
    /** @type {number[]} */ const seen = [];
    let depth = 0;
    app = await start({ ask: () => { if (depth < 3) seen.push(app.exports.asks(10 + depth++)); seen.push(app.exports.area(2, seen.length)); } });
    assert.equal(app.exports.asks(1), 1);
    assert.deepEqual(seen, [0, 12, 4, 11, 8, 10, 12]);
    assert.equal(app.exports.same_string('after'), 'after');
  });

  it('after a trap, each says so', async () => {
    const { exports } = await start();
    assert.throws(() => exports.traps(), { code: 'TRAP' });
    assert.throws(() => exports.area(1, 2), { code: 'TRAP' });
    await assert.rejects(exports.greet('Ada'), { code: 'TRAP' });
  });

  it('without memory they fail, and what they took is free again', async () => {
    const { exports } = await start();
    assert.equal(exports.area(2, 3), 6);
    exports.fill();
    const long = 'x'.repeat(5000);
    assert.throws(() => exports.same_string(long), { code: 'ENOMEM' });
    assert.throws(() => exports.same_texts([long]), { code: 'ENOMEM' });
    await assert.rejects(exports.greet(long), { code: 'ENOMEM' });
    assert.equal(exports.area(2, 3), 6);
  });

  it('a million values leave nothing behind', async () => {
    const app = await start(), { exports } = app, object = {}, texts = ['a', 'b'];
    const use = async (/** @type {number} */ times) => {
      for (let i = 0; i < times; i++) exports.same(object), exports.same_texts(texts), exports.same_string('text'), exports.same_bigint(7n);
      for (let i = 0; i < times; i += 50) await Promise.all([exports.same_later(object), exports.same_later('text')]);
    };
    await use(100_000);
    const { byteLength } = app.memory.buffer;
    await use(250_000);
    assert.equal(app.memory.buffer.byteLength, byteLength);
  });
});
