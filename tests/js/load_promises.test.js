// C that waits for promises.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BideError, load } from '../../js/index.js';
import { buildJs, collector, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('promises')); });

/** @param {(number: number, signal: AbortSignal) => any} get  @param {any} [options] */
const loadWith = (get, options) => load(module, { env: virtual, imports: { get }, ...options });

/** What C sees of an outcome, given at once and given later.
 *  @param {() => any} get */
async function seen(get) {
  const results = [];
  for (const wrapped of [get, async () => { await pause(1); return get(); }]) {
    const app = await loadWith(wrapped);
    results.push(app.text(await app.exports.describe(0)));
  }
  assert.equal(results[0], results[1]);
  return results[0];
}

describe('values', () => {
  /** @type {[string, any, string][]} */
  const cases = [
    ['a number', 1.5, 'number 1.5'],
    ['an integral number', 3, 'number 3'],
    ['a bigint', -(2n ** 63n), 'integer -9223372036854775808'],
    ['a boolean', true, 'true'],
    ['a string', 'grüß', 'text 6 grüß 0'],
    ['an empty string', '', 'text 0  0'],
    ['bytes', new Uint8Array([65, 66]), 'bytes 2 AB 0'],
    ['an ArrayBuffer', new Uint8Array([67]).buffer, 'bytes 1 C 0'],
    ['a view in the middle of a buffer', new Uint8Array([65, 66, 67, 68]).subarray(1, 3), 'bytes 2 BC 0'],
    ['undefined', undefined, 'nothing'],
    ['null', null, 'nothing'],
    ['an object', new Map(), 'a value of JavaScript'],
    ['a function', () => {}, 'a value of JavaScript'],
    ['a bigint beyond 64 bits', 2n ** 63n, 'ValueError: get gave a bigint beyond 64 bits'],
  ];
  for (const [name, value, text] of cases) {
    it(name, async () => assert.equal(await seen(() => value), text));
  }
});

describe('errors', () => {
  const rejecting = (/** @type {unknown} */ error) => seen(() => { throw error; });

  it('are seen by C as String(error)', async () => {
    assert.equal(await rejecting(new RangeError('too far')), 'Error: RangeError: too far');
    assert.equal(await rejecting('just text'), 'Error: just text');
    assert.equal(await rejecting(undefined), 'Error: undefined');
    assert.equal(await rejecting(Object.create(null)), 'Error: an object (Object)');
  });

  it('of ours keep their code', async () => {
    assert.equal(await rejecting(new BideError('EVALUE', 'bad port')), 'ValueError: bad port');
    assert.equal(await rejecting(new BideError(/** @type {any} */ ('TRAP'), 'elsewhere')), 'Error: BideError: elsewhere');
  });

  it('come out of the call that let them pass, as its cause', async () => {
    const cause = new RangeError('too far');
    const app = await loadWith(async () => { throw cause; });
    await assert.rejects(app.exports.pass_on(0), (error) => {
      assert.ok(error instanceof BideError);
      assert.deepEqual([error.code, error.name, error.message, error.cause], ['EJS', 'RangeError', 'too far', cause]);
      return true;
    });
  });

  it('that C never awaits are told when the program ends', async () => {
    const stderr = collector();
    const app = await loadWith(async (n) => { if (n === 5) throw new Error('lost'); }, { stderr });
    await app.exports.forget(5);
    assert.equal(await app.run(), 0);
    assert.equal(stderr.text, 'Promise exception was never retrieved\nimport: get\nError: lost\n');
  });
});

describe('promises that nobody awaits', () => {
  /** @param {string} name  @param {any} [options] */
  const asking = async (name, options) => {
    /** @type {AbortSignal[]} */
    const signals = [];
    const app = await loadWith((_n, signal) => { signals.push(signal); return new Promise(() => {}); }, options);
    return { app, signals, call: app.call(name, [1]) };
  };

  it('are dropped with the task that asked', async () => {
    const { call, signals } = await asking('cancelled_before');
    assert.equal(await call, 0);
    assert.equal(signals[0].aborted, true);
  });

  it('can be dropped before; the others go with their task', async () => {
    /** @type {AbortSignal[]} */
    const signals = [];
    const app = await loadWith((_n, signal) => { signals.push(signal); return signals.length === 2 ? pause(1) : new Promise(() => {}); });
    const call = app.exports.ask_three(1);
    await pause(20);
    assert.equal(await call, 0);
    assert.deepEqual(signals.map((signal) => signal.aborted), [true, false, true]);
  });

  it('are told if they fail for another reason than the abort', async () => {
    const stderr = collector();
    const app = await loadWith(async (n, signal) => { await pause(1); if (n === 5) throw new Error('lost'); throw signal.reason; }, { stderr });
    await app.exports.forget(4);
    await app.exports.forget(5);
    await pause(20);
    assert.equal(stderr.text, 'Promise exception was never retrieved\nimport: get\nError: lost\n');
  });

  it('that another task awaits are not dropped, nor awaited again', async () => {
    const app = await loadWith((n) => pause(1, n));
    assert.equal(await app.exports.awaited_by_two(1), 0);
  });
});

describe('signals', () => {
  it('are given to an import that declares the parameter', async () => {
    /** @type {number[]} */
    const given = [];
    const app = await loadWith(/** @type {any} */ ((/** @type {unknown[]} */ ...args) => { given.push(args.length); }));
    await app.exports.pass_on(1);
    const other = await loadWith(/** @type {any} */ (function (/** @type {number} */ _n, /** @type {unknown} */ _signal) { given.push(arguments.length); }));
    await other.exports.pass_on(1);
    assert.deepEqual(given, [1, 2]);
  });

  it('have the caller\'s reason', async () => {
    for (const name of ['pass_on', 'wait_through_task']) {
      /** @type {any} */
      let reason;
      const app = await loadWith((_n, signal) => new Promise((_, reject) => { signal.addEventListener('abort', () => { reason = signal.reason; reject(reason); }); }), { env: {} });
      const controller = new AbortController(), call = app.call(name, [1], { signal: controller.signal });
      await pause(5);
      controller.abort('changed my mind');
      await assert.rejects(call, (why) => why === 'changed my mind');
      assert.equal(reason, 'changed my mind');
    }
  });
});

describe('what a user\'s code throws when it is looked at', () => {
  const odd = (/** @type {string} */ at) => Object.defineProperty(new Error('odd'), at, { get() { throw new Error('from the getter'); } });

  it('is caught before C is entered', async () => {
    for (const value of [odd('message'), odd('name'), { get then() { throw odd('name'); } }]) {
      const app = await loadWith(async () => { throw value; });
      await assert.rejects(app.exports.pass_on(0), { code: 'EJS' });
      const plain = await loadWith(() => value);
      if ('then' in value) await assert.rejects(plain.exports.pass_on(0), { code: 'EJS' });
      else assert.equal(await plain.exports.pass_on(0), 1);
      assert.equal(await app.exports.forget(1), 0);
    }
  });

  it('bytes are those of the time when the promise settled', async () => {
    const bytes = new Uint8Array([65, 66]);
    const app = await loadWith(() => { queueMicrotask(() => structuredClone(bytes.buffer, { transfer: [bytes.buffer] })); return bytes; });
    assert.equal(app.text(await app.exports.describe_later(0)), 'bytes 2 AB 0');
  });
});

describe('handles', () => {
  it('that are no promise of ours are refused', async () => {
    const app = await loadWith(() => 0);
    for (const number of [0, 1, -1, 12345]) await assert.rejects(app.exports.handle(number), { code: 'EVALUE', message: /no such promise/ });
  });

  it('are used up by the first wait', async () => {
    const app = await loadWith(async () => 0);
    await assert.rejects(app.exports.await_twice(0), { code: 'EVALUE' });
  });

  it('need a task', async () => {
    const app = await loadWith(() => 0);
    assert.equal(/** @type {any} */ (app.instance.exports).handle(1), -0x62640000 - 4);
  });
});

describe('waiting', () => {
  it('goes on in the order in which promises settle', async () => {
    const app = await loadWith((n) => pause(10 * (3 - n), n));
    /** @type {number[]} */
    const order = [];
    await Promise.all([0, 1, 2].map((n) => app.exports.pass_on(n).then(() => order.push(n))));
    assert.deepEqual(order, [2, 1, 0]);
  });

  it('one after the other gives them all', async () => {
    const app = await loadWith(async (n) => n);
    assert.equal(await app.exports.sum(1000), 499_500);
  });

  it('is no deadlock', async () => {
    const app = await loadWith((n) => pause(20, n));
    assert.equal(await app.run(), 0);
  });

  it('stops the virtual clock', async () => {
    const app = await loadWith((n) => pause(20, n));
    assert.equal(await app.exports.with_timeout(1, 3600), 0);
  });

  it('that is cancelled aborts the signal; what comes later is ignored', async () => {
    /** @type {AbortSignal | undefined} */
    let given;
    const app = await loadWith(async (_n, signal) => { given = signal; await pause(30); throw new Error('late'); }, { env: {} });
    const controller = new AbortController();
    const call = app.call('pass_on', [1], { signal: controller.signal });
    await pause(5);
    assert.equal(given?.aborted, false);
    controller.abort();
    await assert.rejects(call, { name: 'AbortError' });
    assert.equal(given?.aborted, true);
    await pause(40);
    assert.equal(await app.exports.pass_on(1).catch((error) => error.message), 'late');
  });

  it('with a timeout aborts too', async () => {
    /** @type {AbortSignal | undefined} */
    let given;
    const app = await loadWith((_n, signal) => { given = signal; return new Promise(() => {}); }, { env: {} });
    await assert.rejects(app.exports.with_timeout(1, 0.01), { code: 'ETIMEDOUT', name: 'TimeoutError' });
    assert.equal(given?.aborted, true);
  });

  it('works with anything that has then', async () => {
    const app = await loadWith(() => ({ then: (/** @type {(value: number) => void} */ done) => done(4) }));
    assert.equal(app.text(await app.exports.describe(0)), 'number 4');
  });
});

describe('without memory', () => {
  it('waiting answers ENOMEM, and the program goes on', async () => {
    const app = await loadWith((n) => (n === 0 ? 'text' : pause(1, n)));
    assert.equal(await app.exports.without_memory(), 0);
  });

  it('a call rejects with ENOMEM, and the app goes on', async () => {
    const app = await loadWith(async () => 0);
    const { memory_out } = /** @type {any} */ (app.instance.exports);
    memory_out(1);
    await assert.rejects(app.exports.pass_on(1), { code: 'ENOMEM', name: 'MemoryError' });
    memory_out(0);
    assert.equal(await app.exports.pass_on(1), 1);
  });
});
