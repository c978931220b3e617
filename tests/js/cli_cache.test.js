// The cache: what it keeps, how large it gets, and where it may lie.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { readMade, writeMade } from '../../js/cli/cache.js';
import { shrinkCache } from '../../js/cli/cache_size.js';
import { temporaryCache } from '../../js/cli/paths.js';
import { LIBRARY, MODULE, OBJECT } from '../../js/cli/recipe.js';
import { threadsFor } from '../../js/cli/side_by_side.js';
import { root } from '../support/paths.js';
import { workspace } from './cli_support.js';

const WARNS = 'int main(void) { int unused; return 0; }\n';
const WARNING = /^app\.c:1:22: warning: unused variable 'unused'/;

/** @param {import('node:test').TestContext} t */
function folder(t) {
  const dir = mkdtempSync(join(tmpdir(), 'bide-test-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test('cache: warnings are printed again when nothing is compiled', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': WARNS });
  const first = bide(['run', '-Wall', 'app.c']);
  assert.match(first.stderr, WARNING);
  assert.deepEqual(bide(['run', '-Wall', 'app.c']), first);
  assert.deepEqual(bide(['build', '-Wall', 'app.c', '--target', 'wasi', '-o', 'app.wasm']), first, 'the object is known, the module is not');
  assert.ok(existsSync(join(dir, 'app.wasm')));
});

test('cache: the errors of all sources are reported, in their order, with the warnings of the others', (t) => {
  const bad = (/** @type {string} */ name) => `int ${name}(void) { return no_${name}; }\n`;
  const { bide } = workspace(t, { 'app.c': WARNS, 'f.c': bad('f'), 'g.c': bad('g'), 'h.c': 'int h(void) { return 1; }\n', 'i.c': bad('i') });
  for (const time of ['first', 'second']) {
    const { status, stderr } = bide(['run', '-Wall', 'app.c', 'f.c', 'g.c', 'h.c', 'i.c']);
    assert.deepEqual([...stderr.matchAll(/^(\w\.c|app\.c):\d+:\d+: (warning|error)/gm)].map(([, name, kind]) => `${name} ${kind}`),
      ['app.c warning', 'f.c error', 'g.c error', 'i.c error'], time);
    assert.equal(status, 1);
  }
});

test('cache: what is used least goes when it is too large, but not what was just made', (t) => {
  const dir = folder(t);
  for (const [i, name] of ['objects/a.o', 'modules/b.wasm', 'objects/c.o', 'modules/d.wasm'].entries()) {
    writeMade(join(dir, name), { bytes: new Uint8Array(1e6), warnings: '' });
    utimesSync(join(dir, name), 1000 + i, 1000 + i);
  }
  t.after(() => { delete process.env.BIDE_CACHE_SIZE; });
  const left = (/** @type {string} */ megabytes) => {
    process.env.BIDE_CACHE_SIZE = megabytes;
    shrinkCache(dir, join(dir, 'modules/b.wasm'));
    return ['objects', 'modules'].flatMap((name) => readdirSync(join(dir, name)));
  };
  assert.deepEqual(left('4'), ['a.o', 'c.o', 'b.wasm', 'd.wasm']);
  assert.deepEqual(left('2.5'), ['b.wasm', 'd.wasm']);
  assert.deepEqual(left('0'), ['b.wasm']);
});

test('cache: warnings lie beside what was made with them', (t) => {
  const path = join(folder(t), 'objects/a.o');
  assert.equal(readMade(path), undefined);
  writeMade(path, { bytes: Buffer.from('x'), warnings: 'grüezi\n' });
  assert.deepEqual(readMade(path), { bytes: Buffer.from('x'), warnings: 'grüezi\n' });
});

test('cache: a size that is no number is refused', (t) => {
  const { bide } = workspace(t, { 'app.c': 'int main(void) { return 0; }\n' });
  const { status, stderr } = bide(['run', 'app.c'], { env: { BIDE_CACHE_SIZE: 'much' } });
  assert.deepEqual({ status, stderr }, { status: 1, stderr: 'bide: BIDE_CACHE_SIZE is a number of megabytes, not much\n' });
});

for (const place of ['/proc/no-such-place/cache', '/dev/null/cache', 'app.c/cache']) {
  test(`cache: ${place} can't be written`, (t) => {
    const { bide } = workspace(t, { 'app.c': 'int main(void) { return 0; }\n' });
    const { status, stderr } = bide(['run', 'app.c'], { env: { BIDE_CACHE: place } });
    assert.match(stderr, /^bide: the cache \S+\/cache can't be written: [a-z ]+; set BIDE_CACHE to a folder that can\n$/);
    assert.equal(status, 1);
  });
}

test('build: an output that can\'t be written is named as the user knows it', (t) => {
  const { bide } = workspace(t, { 'app.c': 'int main(void) { return 0; }\n' });
  for (const args of [['-o', '/proc/no-such-place/out'], ['-o', '/proc/no-such-place/out.wasm', '--target', 'wasi']]) {
    const { status, stderr } = bide(['build', 'app.c', ...args]);
    assert.match(stderr, /^bide: \/proc\/no-such-place\/out\S* can't be written: [a-z ]+\n$/);
    assert.equal(status, 1);
  }
});

test('cache: among temporary files it must be ours', { skip: process.platform === 'win32' && 'it has no owners' }, (t) => {
  const dir = folder(t);
  assert.equal(temporaryCache(join(dir, 'new')), join(dir, 'new'));
  mkdirSync(join(dir, 'open'));
  chmodSync(join(dir, 'open'), 0o777);
  symlinkSync(join(dir, 'new'), join(dir, 'link'));
  writeFileSync(join(dir, 'file'), '');
  for (const name of ['open', 'link', 'file']) assert.throws(() => temporaryCache(join(dir, name)), /belongs to somebody else/);
});

test('cache: the key has each file that decides what is made', () => {
  const read = (/** @type {string} */ name) => readFileSync(join(root, 'js/cli', name), 'utf8');
  const found = new Set(['make.js']);
  for (const name of found) {
    for (const [, imported] of read(name).matchAll(/(?:from|import\(|URL\()\s*'(?:\.\/)?(\w+\.js)'/g)) found.add(imported);
  }
  /** These find, print and run, and change no byte of what is made. */
  const neutral = ['make.js', 'bodies.js', 'cache.js', 'cache_size.js', 'comments.js', 'compile_thread.js', 'described.js', 'engine_flags.js', 'errors.js', 'linkable.js', 'paths.js', 'print.js', 'progress.js', 'recipe.js', 'side_by_side.js', 'syntax.js'];
  assert.deepEqual([...found].filter((name) => !neutral.includes(name)).sort(), [...OBJECT, ...LIBRARY, ...MODULE].filter((name) => name !== 'insight.js').sort());
});

test('side by side: a few sources have one compiler, many have as many as there are processors, up to four', () => {
  assert.deepEqual([1, 2, 4, 5, 9, 100].map((n) => threadsFor(n, 2)), [1, 1, 1, 2, 2, 2]);
  assert.equal(threadsFor(100, 64), 4);
  assert.equal(threadsFor(100, 1), 1);
});
