// load() itself, main, and the program's streams.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { load } from '../../js/index.js';
import { buildJs, collector, virtual } from './build_js.js';

const dir = mkdtempSync(join(tmpdir(), 'bide-load-'));
const path = join(dir, 'main.wasm');
/** @type {Uint8Array<ArrayBuffer>} */
let bytes;
/** @type {WebAssembly.Module} */
let module;
before(async () => {
  bytes = await buildJs('main');
  writeFileSync(path, bytes);
  module = await WebAssembly.compile(bytes);
});
after(() => rmSync(dir, { recursive: true }));

/** Run main with arguments. @param {string[]} args  @param {any} [options] */
async function start(args, options) {
  const stdout = collector(), stderr = collector();
  const app = await load(module, { args: ['main', ...args], env: virtual, stdout, stderr, ...options });
  return { app, stdout, stderr, done: app.run() };
}

/** @param {string[]} args  @param {any} [options] */
async function run(args, options) {
  const { stdout, stderr, done } = await start(args, options);
  return { code: await done, stdout: stdout.text, stderr: stderr.text };
}

describe('load', () => {
  it('takes a path, URLs, bytes, a module, a Response and promises of them', async () => {
    const response = () => new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
    const data = `data:application/wasm;base64,${Buffer.from(bytes).toString('base64')}`;
    const sources = [path, pathToFileURL(path), pathToFileURL(path).href, data, bytes, bytes.slice().buffer, module, response(), Promise.resolve(response()), new Response(bytes)];
    for (const source of sources) assert.equal(typeof (await load(source)).exports.add, 'function');
  });

  it('takes options that have the module', async () => {
    const stdout = collector(), given = { args: ['main', 'of a module'], env: {}, stdout };
    const other = runInNewContext('new WebAssembly.Module(bytes)', { bytes });
    for (const one of [module, WebAssembly.compile(bytes), other]) {
      const apps = [await load({ module: one, ...given }), await load({ module: one }, given), await (await import('../../js/page.js')).load({ module: one, ...given })];
      for (const app of apps) assert.equal(await app.run(), 3);
    }
    assert.equal(stdout.text, '0: main\n1: of a module\nHOME=none\n'.repeat(9));
    assert.equal(typeof (await load(other)).exports.add, 'function');
    await assert.rejects(load(/** @type {any} */ ({ module: undefined })), { name: 'TypeError', message: /the source is/ });
    await assert.rejects(load({ module, signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('says what else is wrong', async () => {
    await assert.rejects(load(/** @type {any} */ (42)), { name: 'TypeError', message: /the source is/ });
    await assert.rejects(load(join(dir, 'none.wasm')), { code: 'ENOENT' });
    await assert.rejects(load(new Response('', { status: 404, statusText: 'Not Found' })), /404 Not Found/);
    await assert.rejects(load(bytes.subarray(0, 100)), WebAssembly.CompileError);
    await assert.rejects(load(module, { stdout: /** @type {any} */ (1) }), { name: 'TypeError', message: /stdout and stderr/ });
    await assert.rejects(load(module, { stdin: /** @type {any} */ (1) }), { name: 'TypeError', message: /stdin/ });
    await assert.rejects(load(module, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('names all imports that are missing', async () => {
    const promises = await buildJs('promises'), calls = await buildJs('calls');
    await assert.rejects(load(promises), { name: 'TypeError', message: /lacks: get$/ });
    await assert.rejects(load(calls, { imports: { note: /** @type {any} */ (3) } }), { name: 'TypeError', message: /lacks: (callback, note|note, callback)$/ });
  });

  it('gives the app to a function of imports', async () => {
    const app = await load(await buildJs('calls'), { imports: async (/** @type {any} */ given) => ({ callback: () => given.memory.buffer.byteLength, note() {} }) });
    assert.equal(await app.exports.through_javascript(), app.memory.buffer.byteLength);
  });

  it('does not run main', async () => {
    const stdout = collector();
    await load(module, { stdout });
    await pause(5);
    assert.equal(stdout.text, '');
  });
});

describe('main', () => {
  it('gets arguments and environment, and its exit code comes back', async () => {
    const { code, stdout, stderr } = await run(['a b', 'ü'], { env: { HOME: '/home/me', EMPTY: undefined } });
    assert.deepEqual({ code, stdout, stderr }, { code: 3, stdout: '0: main\n1: a b\n2: ü\nHOME=/home/me\n', stderr: 'to stderr\n' });
  });

  it('waits in a run call, more than once, and keeps its frames', async () => {
    assert.deepEqual(await run(['twice']), { code: 0, stdout: 'slept\nslept\n', stderr: '' });
  });

  it('takes real time on the real clock', async () => {
    const begin = performance.now();
    assert.equal((await run(['run'], { env: {} })).code, 0);
    assert.ok(performance.now() - begin >= 995);
  });

  it('runs once', async () => {
    const { app, done } = await start(['serve']);
    await assert.rejects(app.run(), { code: 'ESTATE' });
    await app.exports.finish();
    assert.equal(await done, 0);
    await assert.rejects(app.run(), { code: 'EXIT' });
    await assert.rejects(app.exports.add(1, 2), { code: 'EXIT', message: 'the program has ended with exit code 0' });
  });

  it('may be missing', async () => {
    const app = await load(await buildJs('calls'), { imports: { callback() {}, note() {} } });
    await assert.rejects(app.run(), { code: 'ETYPE', message: 'the program has no main function' });
  });

  it('that waits for ever is no deadlock, since calls may come', async () => {
    const { app, done, stdout } = await start(['serve']);
    assert.equal(await app.exports.add(1, 2), 3);
    const lingering = app.exports.linger();
    await pause(5);
    await app.exports.finish();
    await assert.rejects(lingering, { code: 'ECANCELED', name: 'CancelledError' });
    assert.equal(await done, 0);
    assert.equal(stdout.text, 'finished\n');
  });

  it('cancels every call in flight in one way when it returns', async () => {
    const { app, done } = await start(['serve']);
    const calls = [app.exports.linger(), app.exports.cleans_up()], failing = app.exports.fails_instead(), going = app.exports.swallows();
    await pause(5);
    const finishing = app.exports.finish();
    calls.push(app.exports.linger(), app.exports.add(1, 2));
    await finishing;
    for (const call of calls) await assert.rejects(call, { code: 'ECANCELED', message: 'the program\'s run has ended' });
    await assert.rejects(failing, { code: 'EVALUE', message: 'during the clean-up' });
    assert.equal(await going, 3);
    assert.equal(await done, 0);
    await assert.rejects(app.exports.add(1, 2), { code: 'EXIT' });
  });

  it('lets calls go on that were made before it', async () => {
    const app = await load(module, { args: ['main', 'serve'], env: virtual, stdout: collector() });
    const early = app.exports.add(2, 3);
    const done = app.run();
    assert.equal(await early, 5);
    await app.exports.finish();
    assert.equal(await done, 0);
  });

  it('is cancelled by interrupt, as by Ctrl-C', async () => {
    const { app, done } = await start(['forever'], { env: {} });
    await pause(5);
    assert.equal(app.interrupt(), true);
    assert.equal(await done, 130);
    assert.equal(app.interrupt(), false);
  });

  it('is cancelled by the signal', async () => {
    const controller = new AbortController();
    const { done } = await start(['forever'], { env: {}, signal: controller.signal });
    await pause(5);
    controller.abort();
    assert.equal(await done, 130);
  });

  it('ends by exit in a task, with stdout flushed', async () => {
    assert.deepEqual(await run(['leave']), { code: 7, stdout: 'no line feed', stderr: '' });
  });

  it('rejects after a trap, with a report', async () => {
    const { done } = await start(['trap']);
    await assert.rejects(done, (/** @type {any} */ error) => {
      assert.equal(error.code, 'TRAP');
      assert.match(error.report, /^trap: unreachable, in task 'Task-1'\n  at trapping /);
      return true;
    });
  });

  it('names the task whose generator traps', async () => {
    const { done } = await start(['trap in a generator']);
    await assert.rejects(done, { message: "trap: unreachable, in task 'Task-1'" });
  });

  it('has clocks and random bytes', async () => {
    assert.equal((await run(['random'])).code, 0);
  });
});

describe('stdin', () => {
  it('from text, line by line', async () => {
    assert.equal((await run(['lines'], { stdin: 'one\ntwo' })).stdout, 'line one\nline two');
  });

  it('from bytes', async () => {
    assert.equal((await run(['lines'], { stdin: new Uint8Array([65, 10]) })).stdout, 'line A\n');
  });

  const expected = '8 [hello, w]\n6 [orld\n!]\n0 []\n';
  it('from text, by bide_read', async () => {
    assert.equal((await run(['read'], { stdin: 'hello, world\n!' })).stdout, expected);
  });

  it('from an async iterable, by bide_read', async () => {
    const source = async function* () { await pause(5); yield 'hello, world\n!'; await pause(5); };
    assert.equal((await run(['read'], { stdin: source() })).stdout, expected);
  });

  it('from streams of the web and of Node, by bide_read', async () => {
    assert.equal((await run(['read'], { stdin: new Blob(['hello, world\n!']).stream() })).stdout, expected);
    assert.equal((await run(['read'], { stdin: Readable.from(['hello, world\n!']) })).stdout, expected);
  });

  it('from a stream that breaks gives OSError', async () => {
    const breaking = async function* () { yield 'a'; throw new Error('broken'); };
    const wrong = async function* () { yield 'a'; yield undefined; };
    const web = new ReadableStream({ start(controller) { controller.enqueue('a'); }, pull(controller) { controller.error(new Error('broken')); } });
    for (const stdin of [breaking(), wrong(), web, Readable.from(breaking())]) {
      const { code, stdout, stderr } = await run(['read'], { stdin });
      assert.deepEqual([code, stdout], [1, '1 [a]\n']);
      assert.match(stderr, /OSError: I\/O error/);
    }
  });

  it('takes every kind of bytes', async () => {
    const chunks = function* () { yield new Uint8Array([65, 66]).buffer; yield new DataView(new ArrayBuffer(2)); yield new ArrayBuffer(0); yield ''; yield 'cd'; };
    assert.equal((await run(['read'], { stdin: chunks() })).stdout, '2 [AB]\n2 [\0\0]\n2 [cd]\n0 []\n'.replaceAll('\0', ''));
  });

  it('by a callback of the loop', async () => {
    const source = async function* () { yield 'one'; await pause(5); yield 'three'; };
    assert.deepEqual(await run(['reader'], { stdin: source() }), { code: 2, stdout: 'callback 3\ncallback 5\ncallback 0\n', stderr: '' });
  });
});

describe('stdout', () => {
  it('to a function comes in whole characters', async () => {
    /** @type {string[]} */
    const chunks = [];
    await run(['letters'], { stdout: (/** @type {Uint8Array} */ chunk) => chunks.push(String(chunk)) });
    assert.deepEqual(chunks, [...'grüß € 😀 �']);
  });

  it('to a function comes as bytes of its own', async () => {
    /** @type {Uint8Array[]} */
    const chunks = [];
    await run(['run'], { stdout: (/** @type {Uint8Array} */ chunk) => chunks.push(chunk) });
    assert.deepEqual(Buffer.concat(chunks), Buffer.from('slept\n'));
  });

  it('to a Node stream', async () => {
    const stdout = new PassThrough();
    await run(['run'], { stdout });
    assert.equal(String(stdout.read()), 'slept\n');
  });

  it('to a stream of the web', async () => {
    const { readable, writable } = new TransformStream();
    const text = new Response(readable).text();
    await run(['run'], { stdout: writable });
    await writable.close();
    assert.equal(await text, 'slept\n');
  });

  it('that throws is a trap', async () => {
    const { done } = await start(['run'], { stdout() { throw new Error('full'); } });
    await assert.rejects(done, { code: 'TRAP', message: /a JavaScript function threw Error: full/ });
  });
});

describe('files', () => {
  it('are there if a directory is preopened', async () => {
    writeFileSync(join(dir, 'note.txt'), 'a note\n');
    assert.deepEqual(await run(['file', '/data/note.txt'], { preopens: { '/data': dir } }), { code: 0, stdout: 'a note\n', stderr: '' });
    assert.match((await run(['file', '/data/none.txt'], { preopens: { '/data': dir } })).stderr, /No such file/);
  });

  it('are not there otherwise', async () => {
    assert.equal((await run(['file', join(dir, 'note.txt')])).code, 1);
  });
});
