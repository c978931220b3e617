// Functions of C whose body is JavaScript: what they take, what they give, and how they fail.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { before, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { virtual } from './build_js.js';
import { workspace } from './cli_support.js';

const source = fileURLToPath(new URL('programs/javascript.c', import.meta.url));
const { bide, dir } = workspace(test, {});
/** @type {{ load: (options?: object) => Promise<any>, BideError: any }} */
let built;
before(async () => {
  const { status, stderr } = bide(['build', source, '-o', 'out']);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  built = await import(pathToFileURL(join(dir, 'out/app.mjs')).href);
});

/** @param {object} [options] */
const start = async (options) => (await built.load({ env: virtual, ...options })).exports;

it('arguments are what C has, if the signature says nothing', async () => {
  const object = { toString: () => 'o' };
  assert.equal((await start()).all_kinds(object), 'number 1.5, number 7, bigint 9223372036854775807, boolean true, string t, bytes 1,2, [1,2], undefined undefined, object o');
});

it('arguments are what the signature says; those left out are undefined, the rest are several', async () => {
  const { all_typed } = await start();
  const typed = 'number 1, bigint 2, boolean false, string d, object 3, object 1, object null, undefined undefined';
  assert.equal(all_typed(true), `${typed}, string r, string s`);
  assert.equal(all_typed(false), typed);
});

it('results are what the signature says', async () => {
  const { number, any, nothing_at_all, all_texts, numbers, pass } = await start(), object = {};
  assert.equal(number(5n), 5);
  assert.throws(() => number(2n ** 60n), RangeError);
  assert.equal(any(object), object);
  assert.equal(nothing_at_all(), 0);
  assert.deepEqual(await all_texts(), ['a', 'ü']);
  assert.deepEqual([...numbers(3)], [2, 1, 0]);
  for (const value of [1, 'a', null, object]) assert.equal(await pass(value), value ?? undefined);
  assert.equal(await pass(Promise.resolve(object)), object);
});

it('what is of a wrong kind is an ETYPE that names the function', async () => {
  const { fails } = await start();
  const wrong = [[0, 'wrong: the result is a number, not a string'], [1, 'wrong_later: the result[1] is a number, not a string'], [2, 'as_number takes 1 argument, not 2'],
    [3, 'as_number takes 1 argument, not 0'], [4, 'as_number: n is text, not a number']];
  for (const [which, message] of wrong) await assert.rejects(fails(which, 'x'), { name: 'TypeError', code: 'ETYPE', message });
});

it('what a body throws passes through C as it is', async () => {
  const { fails, fails_now } = await start(), errors = [new RangeError('r'), { odd: true }, undefined, new built.BideError('EKEY', 'k')];
  for (const error of errors) {
    assert.throws(() => fails_now(error), (thrown) => thrown === error);
    for (const which of [5, 6]) await assert.rejects(fails(which, error), (/** @type {unknown} */ thrown) => thrown === error);
  }
});

it('a task that waits for one is cancelled at once; outside of a task there is no waiting', async () => {
  const app = await built.load({ env: virtual }), controller = new AbortController(), reason = new Error('enough');
  const waits = app.call('fails', [7, 0], { signal: controller.signal });
  setTimeout(() => controller.abort(reason));
  await assert.rejects(waits, (error) => error === reason);
  assert.throws(() => app.exports.cannot_wait(), { code: 'ERUNTIME' });
});

it('a body may call the program again, and end it', async () => {
  const { area, call_back, pass, number, leave } = await start();
  assert.equal(area, undefined);
  assert.equal(call_back(() => number(4n)), 4);
  assert.equal(await call_back(() => pass(1)), 1);
  assert.throws(() => call_back(() => leave()), { code: 'EXIT' });
  assert.throws(() => number(1n), { code: 'EXIT' });
});

it('functions that load() is given take the place of bodies, under the same signature', async () => {
  const { number, all_texts } = await start({ imports: { as_number: () => 8, texts: () => ['now'] } });
  assert.equal(number(1n), 8);
  assert.deepEqual(await all_texts(), ['now']);
  const { fails, number: other } = await start({ imports: { as_number: () => 'text', wrong_later() { throw new Error('at once'); } } });
  assert.throws(() => other(1n), { code: 'ETYPE', message: 'as_number: the result is a string, not a number' });
  await assert.rejects(fails(1, 0), { message: 'at once' });
});

it('without memory they fail', async () => {
  const { fill, any, pass } = await start();
  fill();
  const long = 'x'.repeat(5000);
  assert.throws(() => any(long), { code: 'ENOMEM' });
  await assert.rejects(pass(long), { code: 'ENOMEM' });
});

it('many calls leave nothing behind', async () => {
  const app = await built.load({ env: virtual }), { any, all_kinds, pass } = app.exports, object = {};
  const use = async (/** @type {number} */ times) => {
    for (let i = 0; i < times; i++) any(object), any('text'), all_kinds(object);
    for (let i = 0; i < times; i += 20) await pass(object);
  };
  await use(20_000);
  const { byteLength } = app.memory.buffer;
  await use(50_000);
  assert.equal(app.memory.buffer.byteLength, byteLength);
});

it('hosts without JavaScript answer ERUNTIME', (t) => {
  const { bide } = workspace(t, { 'app.c': `#include <bide.h>\n#include <bide/js.h>\n#include <stdio.h>
BIDE_JAVASCRIPT(now, "(): number", "return 1;");
BIDE_JAVASCRIPT(later, "(): Promise<number>", "return 1;");
static int f(void *a) { bide_value v = bide_i64(5); (void)a; printf("%d", now(NULL, 0, &v) == BIDE_ERUNTIME); printf("%d%d\\n", later(NULL, 0, NULL) == BIDE_ERUNTIME, v.kind); return 0; }
int main(void) { return bide_main(f, NULL); }\n` });
  assert.deepEqual(bide(['run', '--target', 'wasi', '-Wall', '-Wextra', '-Wpedantic', '-Werror', 'app.c']), { status: 0, stdout: '110\n', stderr: '' });
  assert.deepEqual(bide(['run', '-O0', 'app.c']), { status: 0, stdout: '002\n', stderr: '' });
});
