// What goes to C and back leaves nothing behind: no number by which C knows something of JavaScript, and no memory.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { Slots } from '../../js/runtime/slots.js';
import { buildJs, virtual } from './build_js.js';

/** How often before the first look, and how often before the second. */
const FEW = 300, MANY = 1200;

const odd = new RangeError('odd'), object = {}, bytes = new Uint8Array(100), long = 'grüß '.repeat(50);
const fails = async (/** @type {() => any} */ call) => assert.rejects(async () => call());
let live = 0;

before(() => {
  const { add, take } = Slots.prototype;
  Slots.prototype.add = function count(value) { return live++, add.call(this, value); };
  Slots.prototype.take = function count(number) {
    const value = take.call(this, number);
    if (value !== undefined) live--;
    return value;
  };
});

/** @type {Record<string, Record<string, (exports: Record<string, any>, app: import('../../js/index.js').App, i: number) => unknown>>} */
const TRIPS = {
  functions: {
    'a typed call': ({ unused }) => unused(long),
    'a typed call with what has contents': ({ same_later }, _, i) => same_later([object, long, bytes, i][i % 4]),
    'a synchronous call': ({ area }, _, i) => area(i, 2),
    'a text': ({ same_string }, _, i) => same_string(i % 2 ? long : 'a short text'),
    'bytes': ({ same_bytes }) => same_bytes(bytes),
    'a list': ({ same_texts, same_lists }) => [same_texts([long, '']), same_lists([[1, 2], []])],
    'a value of JavaScript': ({ same, kind }) => [same(object), kind(object)],
    'a variable of a context': ({ context }) => context(long),
    'an odd result of numbers': ({ odd, odd_later }, _, i) => Promise.all([fails(() => odd(2 + i % 4)), fails(() => odd_later(2 + i % 4))]),
    'an error of C': ({ fails: failing }) => fails(() => failing('k')),
    'a call that rejects': ({ fails_later }) => fails(() => fails_later(long)),
    'an error of JavaScript': ({ passes_on }) => fails(() => passes_on()),
    'wrong arguments': ({ same_texts, greet }) => Promise.all([fails(() => same_texts([long, 1])), fails(() => greet(1))]),
    'a result of the wrong kind': ({ wrong, wrong_later }) => Promise.all([fails(() => wrong()), fails(() => wrong_later())]),
    'a call that is aborted': (_, app) => {
      const controller = new AbortController(), call = app.call('greet', [long], { signal: controller.signal });
      controller.abort(odd);
      return fails(() => call);
    },
    'items of a generator': async ({ echo_plain, count_plain }) => {
      const one = echo_plain(long);
      for (const sent of [undefined, object, long, bytes]) one.next(sent);
      one.return();
      assert.deepEqual([...count_plain(3)], [0, 1, 2]);
    },
    'items of an async generator': async ({ echo, ticks }) => {
      const one = echo(long);
      for (const sent of [undefined, object, long, bytes]) await one.next(sent);
      await one.return();
      for await (const tick of ticks(0, 3)) if (tick === 2) break;
    },
    'an error that is thrown into a generator': async ({ echo, echo_plain }) => {
      for (const one of [echo(long), echo_plain(long)]) {
        await one.next();
        await fails(() => one.throw(odd));
      }
    },
    'a generator that is never begun': ({ echo, echo_plain }) => [echo(long), echo_plain(long)],
    'items of the wrong kind': ({ wrong_items }) => fails(() => wrong_items().next()),
  },
  values: {
    'a call from C': ({ ask }) => ask('call', (/** @type {any[]} */ ...args) => args.length, '', object, long, bytes, 1),
    'one that throws': ({ ask, caught }) => [caught(() => { throw odd; }), fails(() => ask('call', () => { throw odd; }))],
    'a promise': ({ ask }) => ask('await', Promise.resolve(object)),
    'a promise of a number, later': ({ ask }, _, i) => ask('await', Promise.resolve().then(() => i)),
    'a promise that is rejected': ({ ask }) => fails(() => ask('await', { then(/** @type {any} */ _, /** @type {any} */ reject) { reject(odd); } })),
    'properties': ({ ask }) => Promise.all([ask('get', { x: object }, 'x'), ask('set', {}, 'x', object), ask('index', [1, long]), ask('text', object)]),
    'objects': ({ ask }) => Promise.all([ask('new', Map), ask('object'), ask('array'), ask('global', 0, 'Math'), ask('method', [1], 'concat', object)]),
  },
};

for (const [program, trips] of Object.entries(TRIPS)) {
  describe(`many round trips of ${program}.c`, () => {
    /** @type {WebAssembly.Module} */
    let module;
    before(async () => { module = await WebAssembly.compile(await buildJs(program)); });

    for (const [name, trip] of Object.entries(trips)) {
      it(name, async () => {
        const app = await load(module, { env: virtual, imports: { ask() {}, work: async () => { throw odd; }, given() {} } });
        const go = async (/** @type {number} */ times) => {
          for (let i = 0; i < times; i++) await trip(app.exports, app, i);
          await app.call(program === 'functions' ? 'unused' : 'ask', ['object']);
          return { handles: live, memory: app.memory.buffer.byteLength };
        };
        assert.deepEqual(await go(MANY), await go(FEW));
      });
    }
  });
}
