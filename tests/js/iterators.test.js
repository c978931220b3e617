// bide_js_iterate: C loops over what is iterable in JavaScript.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('iterators')); });
const start = async () => (await load(module, { env: virtual })).exports;

const odd = new RangeError('odd');
const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** An iterator which notes what is asked of it. @param {string[]} notes  @param {Record<string, any>} [own] */
function noting(notes, own = {}) {
  let n = 0;
  const ask = (/** @type {string} */ name, /** @type {any} */ value) => (notes.push(name), value);
  const iterator = { next: (/** @type {any} */ sent) => ask(`next ${sent}`, { value: n, done: n++ === 3 }), return: () => ask('return', {}), ...own };
  return { [Symbol.iterator]: () => iterator };
}

/** The same, asynchronous. @param {string[]} notes  @param {Record<string, any>} [own] */
function notingLate(notes, own) {
  const inner = noting(notes, own)[Symbol.iterator]();
  const iterator = { next: async (/** @type {any} */ sent) => inner.next(sent), return: inner.return && (async () => inner.return()) };
  return { [Symbol.asyncIterator]: () => iterator };
}

for (const [kind, name, note] of /** @type {[string, string, typeof noting | typeof notingLate][]} */ ([
  ['plain', 'all', noting], ['plain, without a task', 'all_now', noting], ['asynchronous', 'all', notingLate],
])) {
  describe(`iterators, ${kind}`, () => {
    it('are asked until they are done', async () => {
      const { [name]: all } = await start(), /** @type {string[]} */ notes = [];
      assert.deepEqual(await all(note(notes)), [0, 1, 2]);
      assert.deepEqual(notes, Array(4).fill('next undefined'));
    });

    it('have their return() called by a break', async () => {
      const { [name]: all } = await start(), /** @type {string[]} */ notes = [];
      assert.deepEqual(await all(note(notes), 1), [0, 1]);
      await turn();
      assert.deepEqual(notes, ['next undefined', 'next undefined', 'return']);
    });

    it('fail with the very error, and are not closed then', async () => {
      const { [name]: all } = await start(), /** @type {string[]} */ notes = [], call = async (/** @type {any} */ own) => all(note(notes, own));
      await assert.rejects(call({ next: () => { throw odd; } }), (error) => error === odd);
      await assert.rejects(call({ next: () => ({ get value() { throw odd; } }) }), (error) => error === odd);
      await assert.rejects(call({ next: () => 3 }), { name: 'TypeError', message: 'what next() gives is a number, not an object' });
      assert.deepEqual(notes, []);
    });
  });
}

describe('what is iterable', () => {
  it('is whatever JavaScript can loop over', async () => {
    const { all, all_now: now } = await start();
    assert.deepEqual(now([1, 'a', undefined, odd]), [1, 'a', undefined, odd]);
    assert.deepEqual(now('añ😀'), ['a', 'ñ', '😀']);
    assert.deepEqual(now(new Set([1, 2])), [1, 2]);
    assert.deepEqual(now(new Map([['k', 1]])), [['k', 1]]);
    assert.deepEqual(now(Uint8Array.of(1, 2)), [1, 2]);
    assert.deepEqual(now((function* () { yield 1; yield 2; })()), [1, 2]);
    assert.deepEqual(await all((async function* () { yield 1; await turn(); yield 2; })()), [1, 2]);
    assert.deepEqual(await all(new ReadableStream({ start(c) { c.enqueue('x'); c.close(); } })), ['x']);
    assert.deepEqual(await all({ [Symbol.asyncIterator]: () => ({ next: () => ({ value: 0, done: true }) }) }), []);
  });

  it('is not all else', async () => {
    const { all_now: now, nowhere } = await start();
    const wrong = [[undefined, 'undefined is not iterable'], [3, 'a number is not iterable'], [{}, 'an object (Object) is not iterable'],
      [{ [Symbol.iterator]: () => 3 }, 'an iterator is a number, not an object'], [{ [Symbol.iterator]: 3 }, 'an object (Object) is not iterable']];
    for (const [value, message] of wrong) assert.throws(() => now(value), { name: 'TypeError', message });
    assert.throws(() => now({ get [Symbol.iterator]() { throw odd; } }), (error) => error === odd);
    assert.throws(() => nowhere(3), TypeError);
    assert.equal(nowhere([]), undefined);
  });

  it('an asynchronous one needs a task', async () => {
    const { all_now: now } = await start();
    assert.throws(() => now(notingLate([])), { code: 'ERUNTIME' });
  });
});

describe('a generator of an iterator', () => {
  for (const [kind, note] of /** @type {[string, any][]} */ ([['plain', noting], ['asynchronous', notingLate]])) {
    it(`closes it when it is closed, thrown into or dropped: ${kind}`, async () => {
      const { ends, drop } = await start();
      const notesOf = async (/** @type {(of: any) => Promise<any>} */ use, /** @type {any} */ own = {}) => {
        const /** @type {string[]} */ notes = [];
        const result = await use(note(notes, own)).catch((error) => error.message);
        await turn();
        return [result, ...notes];
      };
      assert.deepEqual(await notesOf((of) => ends(of, 'close')), ['StopIteration', 'next undefined', 'return']);
      assert.deepEqual(await notesOf((of) => ends(of, 'throw')), ['thrown', 'next undefined', 'return']);
      assert.deepEqual(await notesOf((of) => drop(of, 1)), [undefined, 'next undefined', 'return']);
      assert.deepEqual(await notesOf((of) => drop(of, 0)), [undefined]);
      assert.deepEqual(await notesOf((of) => ends(of, 'close'), { return: undefined }), ['StopIteration', 'next undefined']);
      assert.deepEqual(await notesOf((of) => ends(of, 'close'), { return: () => { throw odd; } }), ['odd', 'next undefined']);
      assert.deepEqual(await notesOf((of) => ends(of, 'throw'), { return: () => { throw odd; } }), ['thrown', 'next undefined']);
      assert.deepEqual(await notesOf((of) => ends(of, 'close'), { return: () => 3 }), ['what return() gives is a number, not an object', 'next undefined']);
    });
  }

  it('hands on what is sent', async () => {
    const { sends } = await start();
    assert.equal(await sends((function* () { yield yield 1; })(), odd), odd);
    assert.equal(await sends((async function* () { yield yield 1; })(), 'text'), 'text');
  });

  it('calls return() when a wait for an item is cancelled, and waits for nothing then', async () => {
    const app = await load(module, { env: virtual }), controller = new AbortController(), /** @type {string[]} */ notes = [];
    const never = { next: () => new Promise(() => { setImmediate(() => controller.abort('enough')); }), return: () => (notes.push('return'), Promise.reject(odd)) };
    const call = app.call('all', [{ [Symbol.asyncIterator]: () => never }], { signal: controller.signal });
    await assert.rejects(call, (error) => error === 'enough');
    assert.deepEqual(notes, ['return']);
  });

  it('without memory there is none', async () => {
    const { fill, all_now: now } = await start();
    fill();
    assert.throws(() => now(Array(100_000).fill('x'.repeat(100))), { code: 'ENOMEM' });
  });
});
