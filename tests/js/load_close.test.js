// app.close(): what runs is cancelled, cleans up, and the app ends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { load } from '../../js/index.js';
import { makeProgram } from '../../js/cli/program.js';
import { root } from '../support/paths.js';
import { buildJs, collector, virtual } from './build_js.js';

/** @type {any} */
let bytes;
/** @type {WebAssembly.Module} */
let module;
before(async () => {
  bytes = await buildJs('close');
  module = await WebAssembly.compile(bytes);
});

const never = () => new Promise(() => {});

/** An app, and what it prints. No slice ends, so what has been asked for has begun after a turn. @param {any} [options] */
async function start(options = {}) {
  const stdout = collector(), stderr = collector();
  const imports = { ask: never, told() {}, ...options.imports };
  const app = await load(module, { env: virtual, slice: 1e9, args: ['close', ...(options.main ? [options.main] : [])], stdout, stderr, ...options, imports });
  return { app, stdout, stderr };
}

const CANCELED = { code: 'ECANCELED', name: 'CancelledError', message: 'the app has been closed' };
const CLOSED = { code: 'EXIT', message: 'the app has been closed' };

/** @param {any} app */
async function refusesAll(app) {
  await assert.rejects(app.exports.now(1), CLOSED);
  await assert.rejects(app.call('now', [1]), CLOSED);
  await assert.rejects(app.call('no_such_function'), CLOSED);
  await assert.rejects(app.run(), CLOSED);
  assert.throws(() => app.alloc(1), { code: 'EXIT' });
  assert.equal(app.interrupt(), false);
}

describe('app.close()', () => {
  it('cancels the calls, waits for their clean-up, and lets what C has registered run', async () => {
    const { app, stdout, stderr } = await start();
    const calls = [app.exports.hold('one'), app.exports.hold('two'), app.exports.nap(Infinity)];
    await turn();
    const closed = app.close();
    await assert.rejects(app.exports.now(1), CLOSED);
    await assert.rejects(app.run(), CLOSED);
    assert.equal(await closed, undefined);
    assert.equal(stdout.text, 'one cleaned up\nstill one\ntwo cleaned up\nstill two\nat exit');
    for (const call of calls) await assert.rejects(call, CANCELED);
    await refusesAll(app);
    assert.equal(stderr.text, '');
  });

  it('cancels a call that was made just before', async () => {
    const { app, stdout } = await start();
    const call = app.exports.hold('early');
    await app.close();
    await assert.rejects(call, CANCELED);
    assert.equal(stdout.text, 'early cleaned up\nstill early\nat exit');
  });

  it('lets a call that takes no notice resolve, and one that fails reject with its error', async () => {
    const { app } = await start();
    const calls = [app.exports.swallow(), app.exports.fail_instead(), app.exports.now(4)];
    await turn();
    await app.close();
    assert.equal(await calls[0], 5);
    await assert.rejects(calls[1], { code: 'EVALUE', message: 'in the clean-up' });
    assert.equal(await calls[2], 4);
  });

  it('waits for what calls have left behind, and tells its errors', async () => {
    const { app, stdout, stderr } = await start();
    await app.exports.leave_behind();
    await app.exports.leave_failing();
    await turn();
    await app.close();
    assert.match(stdout.text, /what was left cleaned up/);
    assert.match(stderr.text, /nobody waits for it/);
  });

  it('closes generators', async () => {
    const { app, stdout } = await start();
    await app.exports.leave_generator();
    await app.close();
    assert.equal(stdout.text, 'the generator is closed\nat exit');
  });

  it('aborts the signals of imports, whatever their promises do', async () => {
    /** @type {AbortSignal[]} */
    const signals = [];
    const { app } = await start({ imports: { ask: (/** @type {number} */ n, /** @type {AbortSignal} */ signal) => (signals.push(signal), never()) } });
    const call = app.exports.wait_for_javascript(1);
    await turn();
    await app.close();
    await assert.rejects(call, CANCELED);
    assert.deepEqual(signals.map(({ aborted }) => aborted), [true]);
  });

  it('does the same the second time, and at once', async () => {
    const { app, stdout } = await start();
    const call = app.exports.hold('one');
    await turn();
    const first = app.close(), second = app.close();
    await Promise.all([first, second]);
    await app.close();
    await assert.rejects(call, CANCELED);
    assert.equal(stdout.text, 'one cleaned up\nstill one\nat exit');
  });

  it('of an app that nobody has called ends it', async () => {
    const { app, stdout } = await start();
    await app.close();
    assert.equal(stdout.text, 'at exit');
    await refusesAll(app);
  });

  it('of a program that exports nothing, and of one without tasks', async () => {
    for (const [source, printed] of [['examples/hello.c', ''], ['tests/types/plain.c', '']]) {
      const stdout = collector();
      const wasm = await makeProgram({
        inputs: [join(root, source)], target: 'js', level: '2', debug: false, flags: [], libs: [], libDirs: [],
        names: false, stackCheck: true, mainOptional: true, verbose: false,
      });
      const app = await load(/** @type {any} */ (wasm), { stdout });
      await app.close();
      assert.equal(stdout.text, printed);
      await assert.rejects(app.run(), CLOSED);
    }
  });

  it('while hello sleeps interrupts it', async () => {
    const stdout = collector(), app = await load(/** @type {any} */ (await hello()), { stdout });
    const run = app.run();
    await app.close();
    assert.equal(await run, 130);
    assert.equal(stdout.text, '');
  });

  it('may be asked for by a function that C has called', async () => {
    /** @type {Promise<void>} */
    let closed = Promise.resolve();
    const { app, stdout } = await start({ imports: { told: () => { closed = app.close(); } } });
    const calls = [app.exports.tell(1), app.exports.hold('other')];
    await assert.rejects(calls[0], CANCELED);
    await assert.rejects(calls[1], CANCELED);
    await closed;
    assert.match(stdout.text, /other cleaned up/);
  });

  it('may be awaited by what C waits for', async () => {
    const { app } = await start({ imports: { ask: async () => { await app.close(); return 1; } } });
    const call = app.exports.wait_for_javascript(1);
    await assert.rejects(call, CANCELED);
    await app.close();
  });

  it('waits until all output is delivered', async () => {
    /** @type {(() => void)[]} */
    const taken = [];
    const { app } = await start({ stdout: () => new Promise((/** @type {(value?: unknown) => void} */ resolve) => { taken.push(resolve); }) });
    let done = false;
    const closed = app.close().then(() => { done = true; });
    while (!taken.length) await turn();
    await turn();
    assert.equal(done, false);
    taken[0]();
    await closed;
    await app.close();
  });

  it('of an app that has ended only waits for its output', async () => {
    const { app } = await start();
    await assert.rejects(app.exports.leave(3), { code: 'EXIT', message: 'the program has ended with exit code 3' });
    await app.close();
    await assert.rejects(app.exports.now(1), { code: 'EXIT', message: 'the program has ended with exit code 3' });
  });

  it('ends at a trap in the clean-up', async () => {
    const { app } = await start();
    const calls = [app.exports.crash_instead(), app.exports.hold('other')];
    await turn();
    await app.close();
    for (const call of calls) await assert.rejects(call, { code: 'TRAP' });
  });

  it('leaves nothing to a later abort', async () => {
    const controller = new AbortController(), { app } = await start({ signal: controller.signal });
    const own = new AbortController(), call = app.call('hold', ['x'], { signal: own.signal });
    await turn();
    await app.close();
    own.abort();
    controller.abort();
    await assert.rejects(call, CANCELED);
    await refusesAll(app);
  });
});

describe('app.close() while main waits', () => {
  it('interrupts it, as Ctrl-C does: run() resolves with 130', async () => {
    const { app, stdout, stderr } = await start({ main: 'wait' });
    const run = app.run(), call = app.exports.hold('a call');
    await turn();
    await app.close();
    assert.equal(await run, 130);
    await assert.rejects(call, CANCELED);
    assert.equal(stdout.text, 'main cleaned up\na call cleaned up\nstill a call\nat exit');
    assert.equal(stderr.text, '');
    await refusesAll(app);
  });

  it('for input, too', async () => {
    const { app } = await start({ main: 'read', stdin: (async function* () { await never(); })() });
    const run = app.run();
    await turn();
    await app.close();
    assert.equal(await run, 130);
  });

  it('cancels calls that came before main, too', async () => {
    const { app, stdout } = await start({ main: 'wait' });
    const call = app.exports.hold('a call');
    await turn();
    const run = app.run();
    await turn();
    await app.close();
    assert.equal(await run, 130);
    await assert.rejects(call, CANCELED);
    assert.equal(stdout.text, 'main cleaned up\na call cleaned up\nstill a call\nat exit');
  });

  it('in run_forever stops the loop, and main goes on', async () => {
    const { app, stdout } = await start({ main: 'loop' });
    const run = app.run();
    await turn();
    await app.close();
    assert.equal(await run, 4);
    assert.equal(stdout.text, 'run_forever gave 0\na task of the loop cleaned up\nthe task gave 1\nat exit');
  });

  it('waits for a main that has just been asked to run', async () => {
    const { app } = await start({ main: 'wait', imports: { told: () => { void app.run().catch(() => {}); void app.close(); } } });
    await assert.rejects(app.exports.tell(1), CANCELED);
    await app.close();
    await refusesAll(app);
  });
});

describe('the process', () => {
  const dir = mkdtempSync(join(tmpdir(), 'bide-close-'));
  after(() => rmSync(dir, { recursive: true }));

  it('can exit when its app is closed: neither timers nor stdin are held', { timeout: 60_000 }, async () => {
    writeFileSync(join(dir, 'app.wasm'), bytes);
    const script = `import { load } from ${JSON.stringify(new URL('../../js/index.js', import.meta.url).href)};
      const imports = { ask: (n, signal) => new Promise((resolve) => { const timer = setTimeout(resolve, 1e6); signal.addEventListener('abort', () => clearTimeout(timer)); }), told() {} };
      const app = await load(${JSON.stringify(join(dir, 'app.wasm'))}, { imports, args: ['close', 'read'] });
      const all = Promise.allSettled([app.exports.nap(1e6), app.exports.wait_for_javascript(1), app.run(), app.exports.nap(1e5)].map((one) => one.catch((error) => { throw error.code; })));
      await app.exports.leave_failing();
      await app.close();
      console.log(JSON.stringify(await all));
      console.log(process.getActiveResourcesInfo().filter((name) => !/Pipe|TTY|Immediate/.test(name)).join());`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.on('data', (chunk) => { stdout += chunk; });
    const code = await new Promise((resolve) => child.on('close', resolve));      // stdin stays open
    assert.equal(code, 0);
    const rejected = { status: 'rejected', reason: 'ECANCELED' };
    assert.equal(stdout, `at exit${JSON.stringify([rejected, rejected, { status: 'fulfilled', value: 130 }, rejected])}\n\n`);
  });
});

function hello() {
  return makeProgram({
    inputs: [join(root, 'examples/hello.c')], target: 'js', level: '2', debug: false, flags: [], libs: [], libDirs: [],
    names: false, stackCheck: true, mainOptional: false, verbose: false,
  });
}
