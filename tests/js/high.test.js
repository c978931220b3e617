// A program's memory above 2 GiB, where addresses are negative numbers in JavaScript.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildHigh, collector, virtual } from './build_js.js';

const dir = mkdtempSync(join(tmpdir(), 'bide-high-'));
/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildHigh('high')); });
after(() => rmSync(dir, { recursive: true }));

/** @param {any} [options] */
async function start(options) {
  const stdout = collector();
  /** @type {any[][]} */
  const notes = [];
  const imports = (/** @type {any} */ app) => ({
    get: (/** @type {number} */ name, /** @type {number} */ size) => Promise.resolve(values[app.text(name, size)]),
    note: (/** @type {number} */ text, /** @type {number} */ size) => notes.push([text, size, app.text(text), app.text(text, 4)]),
  });
  const app = await load(module, { args: ['high', 'argument'], env: { HOME: '/home' }, stdin: 'first\nmore', stdout, imports, ...options });
  return { app, stdout, notes };
}

/** @type {Record<string, any>} */
const values = { number: 1.5, bigint: -3n, text: 'grüß', object: {} };

it('is where this program has its stack, its data and its heap', async () => {
  const { app } = await start();
  assert.equal(await app.exports.is_high(), 1);
});

it('is read by app.text and by the program\'s own functions', async () => {
  const { app, notes } = await start();
  const pointer = await app.exports.greeting();
  assert.ok(pointer < 0);
  for (const one of [pointer, pointer >>> 0]) {
    assert.equal(app.text(one), 'high up');
    assert.equal(app.text(one, 4), 'high');
    assert.equal(await app.exports.length(one), 7);
  }
  assert.equal(new TextDecoder().decode(new Uint8Array(app.memory.buffer, pointer >>> 0, 7)), 'high up');
  await app.exports.tell();
  assert.deepEqual(notes.map(([text, size, ...texts]) => [text < 0, size >>> 0, ...texts]), [[true, 3_000_000_000, 'from the data', 'from']]);
});

it('takes what promises give', async () => {
  const { app, stdout } = await start();
  for (const which of Object.keys(values).keys()) await app.exports.receive(which);
  assert.equal(stdout.text, "1.5\n-3\ngrüß\n");
});

it('has the messages of errors and traps', async () => {
  const { app } = await start();
  await assert.rejects(app.exports.raise_it(), { code: 'EVALUE', message: 'raised high' });
  await assert.rejects(app.exports.trap_it(), { code: 'TRAP', message: "trap: unreachable, in task 'trap_it'" });
});

it('is where main runs, with arguments, clocks, streams and tasks', async () => {
  const { app, stdout } = await start();
  assert.equal(await app.run(), 0);
  assert.equal(stdout.text, 'argument /home\nfirst\nworker one read more\n');
});

it('is written by the host\'s files', async () => {
  const { app, stdout } = await start({ args: ['high', 'file', '/data/note'], preopens: { '/data': dir } });
  assert.equal(await app.run(), 0);
  assert.equal(stdout.text, 'in the file\n');
});

it('typed functions have their values above 2 GiB', async () => {
  const app = await load(await buildHigh('functions'), { env: virtual, imports: { work: async () => 'worked', ask() {} } }), { exports } = app, object = {};
  assert.equal(await exports.greet('Ada', 3), 'hello Ada, 3 times');
  assert.equal(exports.area(2, 3), 6);
  assert.equal(exports.same(object), object);
  assert.deepEqual(exports.same_texts(['a', 'größer']), ['a', 'größer']);
  assert.deepEqual(exports.same_bytes(Uint8Array.of(1, 2)), Uint8Array.of(1, 2));
  assert.equal(exports.same_string('x'.repeat(100_000)), 'x'.repeat(100_000));
  assert.equal(await exports.passes_on(), 'worked');
  assert.throws(() => exports.fails('no'), { code: 'EKEY', message: 'no' });
  await app.close();
});
