// Texts and bytes that JavaScript gives to C, and memory that it asks for.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { load } from '../../js/index.js';
import { buildHigh, buildJs, virtual } from './build_js.js';

const MB = 2 ** 20;

/** How each program is built: without malloc, with it, and with its memory above 2 GiB.
 *  @type {Record<string, () => Promise<any>>} */
const PROGRAMS = { pool: () => buildJs('texts'), malloc: () => buildJs('texts_malloc'), 'malloc above 2 GiB': () => buildHigh('texts_malloc') };

for (const [name, build] of Object.entries(PROGRAMS)) {
  describe(name, () => {
    /** @type {WebAssembly.Module} */
    let module;
    before(async () => { module = await WebAssembly.compile(await build()); });

    const start = (/** @type {any} */ options = {}) => load(module, { env: virtual, imports: { callback: () => 0 }, ...options });

    describe('an argument', () => {
      it('may be a text or bytes', async () => {
        const { exports } = await start();
        assert.equal(await exports.length('grüße'), 7);
        assert.equal(await exports.length(''), 0);
        assert.equal(await exports.length('before\0behind'), 6);
        assert.equal(await exports.length('\ud800'), 3);
        assert.equal(await exports.sum(new Uint8Array([1, 2, 250]), 3), 253);
        assert.equal(await exports.sum(Buffer.from([7, 0, 8]), 3), 15);
        assert.equal(await exports.sum(new Uint8Array(), 0), 0);
        assert.equal(await exports.sum(new Uint8Array(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2), 2), 5);
        assert.equal(await exports.sum(new Uint8Array(new SharedArrayBuffer(4)).fill(9), 4), 36);
        assert.equal(await exports.sum(runInNewContext('Uint8Array.of(20, 30)'), 2), 50);
        assert.equal(await exports.mixed(1, 'two', 3n, 0.5, 4, 5), 16);
      });

      it('is a copy', async () => {
        const { exports } = await start();
        const bytes = Uint8Array.of(1, 1), call = exports.sum(bytes, 2);
        bytes.fill(100);
        assert.equal(await call, 2);
      });

      it('has a NUL behind it if it is a text, wherever it is copied to', async () => {
        const app = await start();
        app.free(app.alloc(4 * MB));
        const dirty = app.alloc(64);
        app.bytes(dirty, 64).fill(0xff);
        app.free(dirty);
        for (let i = 0; i < 64; i++) assert.equal(await app.exports.length('x'.repeat(i)), i);
      });

      it('lives until its own call has ended', async () => {
        const { exports } = await start();
        const calls = Array.from({ length: 100 }, (_, i) => exports.same_after(`text ${i}`, new TextEncoder().encode(`text ${i}\0`), 100 - i));
        assert.deepEqual(await Promise.all(calls), calls.map(() => 1));
      });

      it('lives until the clean-up of a call that is aborted has ended', async () => {
        const controller = new AbortController(), begun = () => { setTimeout(() => controller.abort('enough')); return 0; };
        const app = await start({ imports: { callback: begun } });
        const call = app.call('hold', ['some text'], { signal: controller.signal });
        await assert.rejects(call, (reason) => reason === 'enough');
        assert.equal(await app.exports.last(), 9);
      });

      it('of a megabyte grows the memory', async () => {
        const { exports } = await start();
        assert.equal(await exports.length('x'.repeat(MB)), MB);
        assert.equal(await exports.length('€'.repeat(MB)), 3 * MB);
      });

      it('may be a view of the program\'s own memory, which grows meanwhile', async () => {
        const app = await start();
        const ptr = app.alloc(3 * MB), { byteLength } = app.memory.buffer;
        app.bytes(ptr, 3 * MB).fill(1);
        for (let size = MB; size <= 3 * MB; size += MB / 4) {
          const view = app.bytes(ptr, size), sums = [app.exports.sum(view, size), app.exports.sum(app.bytes(ptr, size), size)];
          assert.deepEqual(await Promise.all(sums), [size, size]);
        }
        assert.ok(app.memory.buffer.byteLength > byteLength);
        for (let i = 0; i < 5; i++) {
          const size = (4 + i) * MB, one = app.alloc(size);
          app.bytes(one, size).fill(65)[size - 1] = 0;
          assert.equal(await app.exports.same_after(app.bytes(one, size), app.bytes(one, size), 0), 1);
        }
      });

      it('that C returns is a number', async () => {
        const { exports } = await start();
        assert.equal(typeof await exports.itself('x'), 'number');
      });

      it('of a call that C\'s caller makes reaches C, too', async () => {
        /** @type {Promise<any>[]} */
        const inner = [];
        const app = await start({ imports: { callback: (/** @type {number} */ ptr) => inner.push(app.exports.length(`${app.text(ptr)}!`)) } });
        assert.equal(await app.exports.tell('hi'), 1);
        assert.equal(await inner[0], 3);
      });
    });

    it('a copy is freed however the call ends', async () => {
      const app = await start(), bytes = new Uint8Array(100_000);
      const round = async () => {
        const controller = new AbortController(), { signal } = controller, held = app.call('hold', [bytes], { signal });
        await Promise.allSettled([app.exports.length(bytes), app.exports.fail(bytes), app.exports.length('x'.repeat(1000))]);
        controller.abort();
        await assert.rejects(held, { name: 'AbortError' });
        await assert.rejects(app.call('length', [bytes], { signal: AbortSignal.abort() }), { name: 'AbortError' });
        await assert.rejects(app.call('same_after', [bytes, bytes, 1n]), TypeError);
        await assert.rejects(app.call('same_after', [bytes, bytes, 'x']), TypeError);
        await assert.rejects(app.exports.fail('luck'), { code: 'EVALUE', message: 'no luck' });
      };
      for (let i = 0; i < 3; i++) await round();
      const { byteLength } = app.memory.buffer;
      for (let i = 0; i < 300; i++) await round();
      assert.equal(app.memory.buffer.byteLength, byteLength);
    });

    it('an argument for which there is no memory rejects with ENOMEM, and the others are freed', async () => {
      const app = await start(), large = new Uint8Array(700 * MB), small = new Uint8Array(100 * MB);
      const held = [];
      for (let i = 0; i < 10; i++) {
        try {
          held.push(app.alloc(600 * MB));
        } catch (error) {
          assert.equal(/** @type {any} */ (error).code, 'ENOMEM');
        }
      }
      assert.ok(held.length > 1 && held.length < 10, `${held.length} blocks of 600 MB`);
      for (let i = 0; i < 20; i++) {
        await assert.rejects(app.call('same_after', [small, large, 1]),
          { code: 'ENOMEM', name: 'MemoryError', message: `same_after: argument 2: no memory for ${700 * MB} bytes` });
      }
      assert.equal(await app.exports.length('still'), 5);
      for (const ptr of held) app.free(ptr);
      assert.equal(await app.exports.zero(small), 1);
    });

    it('a trap leaves nothing to free', async () => {
      const app = await start();
      const [held, crash] = await Promise.allSettled([app.exports.hold('text'), app.exports.crash('text')]);
      for (const { reason } of /** @type {any[]} */ ([held, crash])) assert.equal(reason.code, 'TRAP');
      await assert.rejects(app.exports.length('x'), { code: 'TRAP' });
      assert.throws(() => app.alloc(1), { code: 'TRAP' });
      app.free(8);
    });

    describe('arguments of other types', () => {
      /** What is given, and what the message says of it. @type {[unknown, string][]} */
      const WRONG = [
        [{}, 'an object (Object)'], [[], 'an object (Array)'], [new ArrayBuffer(1), 'an object (ArrayBuffer)'], [new DataView(new ArrayBuffer(1)), 'an object (DataView)'],
        [new Int8Array(1), 'an object (Int8Array)'],
        [null, 'null'], [undefined, 'undefined'], [Symbol('s'), 'a symbol'], [() => 1, 'a function'], [1n, 'a bigint'],
        [revoked(), 'an object'], [{ valueOf() { throw new Error('looked'); } }, 'an object (Object)'], [Object('text'), 'an object (String)'], [detached(), 'a Uint8Array whose buffer is detached'],
      ];

      for (const [value, what] of WRONG) {
        it(what, async () => {
          const app = await start();
          await assert.rejects(app.call('same_after', ['x', value, 1]), { name: 'TypeError', message: `same_after: argument 2 is ${what}; C takes a number, a string or a Uint8Array` });
        });
      }

      it('are texts and bytes where C takes no address', async () => {
        const app = await start();
        await assert.rejects(app.call('same_after', ['x', 'x', '1']), { name: 'TypeError', message: 'same_after: argument 3 is a string; C takes a number' });
        await assert.rejects(app.call('mixed', [1, 'x', 3, 0.5, 4, 5]), { name: 'TypeError', message: 'mixed: argument 3 is a number; C takes a bigint' });
        await assert.rejects(app.call('mixed', [1, 2, 'x', 0.5, 4, 5]), { name: 'TypeError', message: 'mixed: argument 3 is a string; C takes a bigint' });
        await assert.rejects(app.call('mixed', [1, 2, 3n, new Uint8Array(1), 4, 5]), { name: 'TypeError', message: 'mixed: argument 4 is an object (Uint8Array); C takes a number' });
      });
    });

    describe('app.alloc', () => {
      it('gives memory that app.write and app.bytes see, and that C reads', async () => {
        const app = await start();
        const ptr = app.alloc(16);
        assert.ok(ptr > 0 && ptr % 16 === 0);
        assert.equal(ptr > 2 ** 31, name.includes('above'));
        assert.equal(app.write(ptr, 'grüß\0'), 7);
        assert.equal(app.text(ptr), 'grüß');
        assert.equal(await app.exports.length(ptr), 6);
        assert.equal(app.write(ptr, Uint8Array.of(1, 2)), 2);
        assert.deepEqual([...app.bytes(ptr, 4)], [1, 2, 0xc3, 0xbc]);
        assert.deepEqual([...app.bytes(ptr | 0, 2)], [1, 2]);
        app.write(ptr + 1, app.bytes(ptr, 3));
        assert.deepEqual([...app.bytes(ptr, 5)], [1, 1, 2, 0xc3, 0xc3]);
        app.free(ptr);
      });

      it('gives blocks apart from each other, of any size, and takes them back', async () => {
        const app = await start(), sizes = [0, 1, 15, 16, 17, 1000, 1024, 5000, 65_535, 65_536, 100_000, MB, 3 * MB];
        const round = () => {
          const blocks = sizes.map((size) => ({ size, ptr: app.alloc(size) }));
          blocks.forEach(({ ptr, size }, i) => app.bytes(ptr, size).fill(i));
          blocks.forEach(({ ptr, size }, i) => assert.ok(app.bytes(ptr, size).every((byte) => byte === i)));
          for (const { ptr } of blocks) app.free(ptr);
        };
        round();
        const { byteLength } = app.memory.buffer;
        for (let i = 0; i < 3; i++) round();
        assert.equal(app.memory.buffer.byteLength, byteLength);
        app.free(0);
      });

      it('throws ENOMEM, after which there is memory again', async () => {
        const app = await start();
        for (const size of [2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1]) assert.throws(() => app.alloc(size), { name: 'MemoryError', code: 'ENOMEM', message: `app.alloc: no memory for ${size} bytes` });
        const ptrs = [];
        assert.throws(() => { for (;;) ptrs.push(app.alloc(500 * MB)); }, { code: 'ENOMEM' });
        ptrs.forEach(app.free, app);
        app.free(app.alloc(500 * MB));
      });

      it('gives memory above 2 GiB, where all goes on', async () => {
        const app = await start();
        if (!name.includes('above')) app.alloc(1400 * MB), app.alloc(1000 * MB);
        const ptr = app.alloc(64 * MB);
        assert.ok(ptr > 2 ** 31);
        app.write(ptr, 'high\0');
        assert.equal(await app.exports.length(ptr), 4);
        assert.equal(app.text(ptr), 'high');
        assert.equal(app.text(ptr | 0), 'high');
        assert.equal(await app.exports.length('x'.repeat(64 * MB)), 64 * MB);
        app.free(ptr | 0);
      });
    });

    it('app.alloc, app.free, app.bytes and app.write refuse what is no size, no address, and not in the memory', async () => {
      const app = /** @type {any} */ (await start()), ptr = app.alloc(8), { byteLength } = app.memory.buffer;
      for (const size of [-1, 1.5, NaN, Infinity]) {
        assert.throws(() => app.alloc(size), { name: 'RangeError', message: `app.alloc: ${size} is no size` });
        assert.throws(() => app.bytes(ptr, size), RangeError);
      }
      for (const size of ['1', undefined, null, 1n, {}]) {
        assert.throws(() => app.alloc(size), { name: 'TypeError', message: 'app.alloc: a size is a number' });
        assert.throws(() => app.bytes(ptr, size), TypeError);
      }
      for (const address of [-(2 ** 31) - 1, 2 ** 32, 1.5, NaN, byteLength + 1]) {
        assert.throws(() => app.free(address), RangeError);
        assert.throws(() => app.bytes(address, 0), RangeError);
        assert.throws(() => app.write(address, ''), RangeError);
      }
      for (const address of ['1', undefined, null, 1n, {}]) {
        assert.throws(() => app.free(address), TypeError);
        assert.throws(() => app.bytes(address, 0), TypeError);
        assert.throws(() => app.write(address, ''), TypeError);
      }
      assert.throws(() => app.bytes(byteLength - 1, 2), { name: 'RangeError', message: `app.bytes: 2 bytes at ${byteLength - 1} are not in the memory, which has ${byteLength}` });
      assert.throws(() => app.write(byteLength - 1, 'ab'), RangeError);
      assert.equal(app.bytes(byteLength - 1, 1)[0], 0);
      assert.equal(app.bytes(byteLength, 0).length, 0);
      for (const data of [1, null, undefined, [], new ArrayBuffer(1), new Int8Array(1)]) {
        assert.throws(() => app.write(ptr, data), { name: 'TypeError', message: 'app.write takes a string or a Uint8Array' });
      }
      assert.throws(() => app.write(ptr, detached()), TypeError);
    });

    it('a view lasts until the memory grows, and another can be had', async () => {
      const app = await start();
      const ptr = app.alloc(1), view = app.bytes(ptr, 1);
      view[0] = 5;
      app.memory.grow(1);
      assert.equal(view.length, 0);
      assert.deepEqual([...app.bytes(ptr, 1)], [5]);
    });

    if (name === 'pool') return;

    it('C frees what app.alloc gave, and app.free what C has from malloc', async () => {
      const app = await start();
      const round = async () => {
        const ptr = await app.exports.doubled('x'.repeat(10_000));
        assert.equal(app.text(ptr).length, 20_000);
        app.free(ptr);
        await app.exports.give_back(app.alloc(20_000));
      };
      await round();
      const { byteLength } = app.memory.buffer;
      for (let i = 0; i < 100; i++) await round();
      assert.equal(app.memory.buffer.byteLength, byteLength);
    });
  });
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function detached() {
  const bytes = new Uint8Array(4);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}
