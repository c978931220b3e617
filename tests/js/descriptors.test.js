// Descriptors 0 to 2 are the app's own: the program may close and replace them, and the host keeps its own.

import assert from 'node:assert/strict';
import { fstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { load } from '../../js/index.js';
import { buildJs, collector } from './build_js.js';

const dir = mkdtempSync(join(tmpdir(), 'bide-descriptors-'));
/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('descriptors')); });
after(() => rmSync(dir, { recursive: true }));

/** @param {string} what  @param {any} [options] */
async function run(what, options) {
  const stdout = collector(), stderr = collector();
  const before = [0, 1, 2].map((fd) => fstatSync(fd).ino);
  const app = await load(module, { args: ['descriptors', what], stdin: 'abc', stdout, stderr, ...options });
  const code = await app.run();
  assert.deepEqual([0, 1, 2].map((fd) => fstatSync(fd).ino), before);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

const preopens = { '/data': dir };
const read = (/** @type {string} */ name) => readFileSync(join(dir, name), 'utf8');

for (const [host, options] of Object.entries({ 'without files': {}, 'with files': { preopens } })) {
  it(`a closed descriptor is closed, ${host}`, async () => {
    assert.deepEqual(await run('c', options), { code: 0, stdout: 'one\n', stderr: 'close 0, write -1 Bad file descriptor, again -1\n' });
    assert.deepEqual(await run('i', options), { code: 0, stdout: 'OSError: Bad file descriptor\n', stderr: '' });
  });

  it(`a stream moves to another descriptor, ${host}`, async () => {
    const { code, stdout, stderr } = await run('m', options);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(stdout, 'first\nto stdout\nrenumber 0, flush 1, of a closed one 8, of an unknown one 8\n');
  });

  it(`a descriptor tells what it is, ${host}`, async () => {
    assert.equal((await run('l', options)).stdout, 'stat 0, terminal 1, seek Invalid seek, write to stdin -1\n');
  });
}

it('freopen puts a file in the place of stdout and stderr', async () => {
  assert.deepEqual(await run('r', { preopens }), { code: 0, stdout: '', stderr: '' });
  assert.deepEqual(['out.txt', 'err.txt', 'second.txt', 'third.txt'].map(read), ['into the file\n', 'into the other\n', 'into a second\n', 'a third']);
});

it('freopen puts a file in the place of stdin, for bide_read too', async () => {
  writeFileSync(join(dir, 'in.txt'), 'a file');
  assert.equal((await run('f', { preopens })).stdout, 'a file\n');
});

it('files that the program left open are closed with it', { skip: process.platform !== 'linux' }, async () => {
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  for (let i = 0; i < 3; i++) assert.equal((await run('o', { preopens })).code, 0);
  assert.equal(open(), before);
});
