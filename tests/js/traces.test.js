// An app leaves the host as it found it, however it ends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load } from '../../js/index.js';
import { buildJs, collector, virtual } from './build_js.js';

const dir = mkdtempSync(join(tmpdir(), 'bide-traces-'));
/** @type {Record<string, WebAssembly.Module>} */
const modules = {};
before(async () => {
  for (const name of ['main', 'init', 'promises', 'descriptors']) {
    const bytes = await buildJs(name);
    writeFileSync(join(dir, name), bytes);
    modules[name] = await WebAssembly.compile(bytes);
  }
});
after(() => rmSync(dir, { recursive: true }));

const idle = async () => { for (let i = 0; i < 20; i++) await new Promise(setImmediate); };

/** Each way to end. `end` loads and ends an app with these options. @type {Record<string, (options: any) => Promise<any>>} */
const ends = {
  'main returns': async (options) => assert.equal(await (await load(modules.main, { args: ['main', 'run'], env: virtual, ...options })).run(), 0),
  'main reads to the end': async (options) => assert.equal(await (await load(modules.main, { args: ['main', 'read'], env: virtual, ...options })).run(), 0),
  'a task exits': async (options) => assert.equal(await (await load(modules.main, { args: ['main', 'leave'], env: virtual, ...options })).run(), 7),
  'a task traps': async (options) => assert.rejects((await load(modules.main, { args: ['main', 'trap'], env: virtual, ...options })).run(), { code: 'TRAP' }),
  'a call exits': async (options) => assert.rejects((await load(modules.init, options)).exports.leave(), { code: 'EXIT' }),
  'a call traps': async (options) => assert.rejects((await load(modules.init, options)).exports.trap_it(), { code: 'TRAP' }),
  'a constructor traps': (options) => assert.rejects(load(modules.init, { ...options, env: { TRAP: '1' } }), { code: 'TRAP' }),
  'a constructor exits': async (options) => assert.rejects((await load(modules.init, { ...options, env: { EXIT: '1' } })).exports.one(), { code: 'EXIT' }),
  'imports are missing': (options) => assert.rejects(load(modules.promises, options), TypeError),
  'the source is no module': (options) => assert.rejects(load(new Uint8Array(8), options), WebAssembly.CompileError),
  'imports throw': (options) => assert.rejects(load(modules.init, { ...options, imports() { throw new RangeError('no'); } }), RangeError),
  'stderr is nothing that can be written to': (options) => assert.rejects(load(modules.init, { ...options, stderr: 1 }), TypeError),
  'stdin is nothing that can be read': (options) => assert.rejects(load(modules.init, { ...options, stdin: 1 }), TypeError),
};

for (const [name, end] of Object.entries(ends)) {
  describe(`when ${name}`, () => {
    it('no listener is left', async () => {
      const controller = new AbortController();
      const count = () => JSON.stringify(process.eventNames().map((event) => [String(event), process.listenerCount(/** @type {any} */ (event))]));
      const before = count();
      await end({ signal: controller.signal, stdin: 'text', stdout: collector(), stderr: collector(), exitOnDeadlock: true });
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
      assert.equal(count(), before);
    });

    it('streams of the web are unlocked', async () => {
      const stdin = new Blob(['text']).stream(), stdout = new WritableStream(), stderr = new WritableStream();
      await end({ stdin, stdout, stderr });
      await idle();
      assert.deepEqual([stdin.locked, stdout.locked, stderr.locked], [false, false, false]);
    });

    it('a stream of Node has no listeners, and flows as before', async () => {
      const stdin = new PassThrough(), stdout = new PassThrough();
      stdin.end('text');
      const state = () => [stdin, stdout].map((stream) => [stream.readableFlowing, stream.isPaused(), stream.destroyed, ...stream.eventNames().map((event) => stream.listenerCount(event))]);
      const before = state();
      await end({ stdin, stdout });
      await idle();
      if (name !== 'main reads to the end') assert.deepEqual(state(), before);
      else assert.deepEqual(stdin.eventNames().filter((event) => event === 'data'), []);
    });
  });
}

it('a generator that gives stdin is finished', async () => {
  let finished = 0;
  const endless = async function* () { try { for (;;) { await new Promise(setImmediate); yield 'x'; } } finally { finished++; } };
  const app = await load(modules.main, { args: ['main', 'read'], stdin: endless(), stdout: (/** @type {any} */ chunk) => { if (String(chunk).includes('x')) app.interrupt(); } });
  assert.equal(await app.run(), 130);
  await idle();
  assert.equal(finished, 1);
});

it('process.emitWarning is what it was, after several loads at once', async () => {
  const { emitWarning } = process;
  await Promise.all([1, 2, 3].map(() => load(modules.main, { preopens: { '/data': dir } })));
  assert.equal(process.emitWarning, emitWarning);
});

it('a reader that is cancelled leaves what comes to others', async () => {
  const stdin = new PassThrough();
  const app = await load(modules.main, { args: ['main', 'read'], stdin });
  const done = app.run();
  await idle();
  assert.equal(stdin.listenerCount('data'), 1);
  app.interrupt();
  assert.equal(await done, 130);
  stdin.end('for the host');
  let got = '';
  for await (const chunk of stdin) got += chunk;
  assert.equal(got, 'for the host');
});

describe('the process\'s stdin', () => {
  /** @param {string} what  main is given  @param {'before' | 'after' | 'paused'} when  the host listens  @param {string} first  @param {string} [rest] */
  async function child(what, when, first, rest) {
    const script = fileURLToPath(new URL('stdin_child.js', import.meta.url));
    const started = spawn(process.execPath, [script, join(dir, 'main'), what, when], { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    started.stdout.on('data', (chunk) => { out += chunk; });
    const closed = once(started, 'close');
    started.stdin.write(first);
    await once(started.stderr, 'data');        // the program has ended
    started.stdin.end(rest);
    const [code] = await closed;
    assert.equal(code, 0);
    return JSON.parse(out);
  }

  for (const when of /** @type {const} */ (['before', 'after', 'paused'])) {
    it(`is the host's, which listens ${when}; the program does not read`, async () => {
      assert.deepEqual(await child('run', when, 'one ', 'two'), { code: 0, stdout: 'slept\n', same: true, got: 'one two' });
    });
  }

  for (const when of /** @type {const} */ (['after', 'paused'])) {
    it(`is as it was after a program that read some, and the host listens ${when}`, async () => {
      assert.deepEqual(await child('read once', when, 'one', 'two'), { code: 0, stdout: '3 [one]\n', same: true, got: 'two' });
    });
  }
});
