// Exported C functions, called from JavaScript.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BideError, load } from '../../js/index.js';
import { buildJs, collector, virtual } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('calls')); });

const idle = { callback: () => 0, note() {} };
const loadCalls = (/** @type {any} */ options = {}) => load(module, { env: virtual, imports: idle, ...options });

describe('calls', () => {
  it('resolve with what C returns, each type in its own way', async () => {
    const { exports } = await loadCalls();
    assert.equal(await exports.add(1, 2), 3);
    assert.equal(await exports.add_now(-5, 2), -3);
    assert.equal(await exports.twice(1n << 40n), 1n << 41n);
    assert.equal(await exports.half(3), 1.5);
    assert.equal(await exports.half_float(3), 1.5);
    assert.equal(await exports.add_now(true, false), 1);
    assert.equal(await exports.nothing(), undefined);
  });

  it('are of the functions marked for it, and no others', async () => {
    const { exports } = await loadCalls();
    const names = Object.keys(exports);
    assert.ok(names.includes('add'));
    assert.deepEqual(names.filter((name) => /^_|bide|asyncify|memory/.test(name)), []);
    assert.equal(names.length, 29);
  });

  it('run concurrently, each a task with the function\'s name', async () => {
    const app = await loadCalls();
    const sums = await Promise.all(Array.from({ length: 100 }, (_, i) => app.exports.add(i, 1)));
    assert.deepEqual(sums, Array.from({ length: 100 }, (_, i) => i + 1));
    assert.equal(await app.exports.now(), 1);
    assert.equal(app.text(await app.exports.own_name()), 'own_name');
  });

  it('reject with the error that C returned', async () => {
    const { exports } = await loadCalls();
    await assert.rejects(exports.fail(99), (error) => {
      assert.ok(error instanceof BideError);
      const { code, name, message, cause } = error;
      assert.deepEqual({ code, name, message, cause }, { code: 'EVALUE', name: 'ValueError', message: 'bad port 99', cause: undefined });
      return true;
    });
  });

  it('resolve if the code is not of an error met, or was handled', async () => {
    const { exports } = await loadCalls();
    assert.equal(await exports.only_a_number(), -0x62640000 - 7);
    assert.equal(await exports.handled(), 7);
  });

  it('reject whatever type they return', async () => {
    const app = await loadCalls({ env: {} });
    for (const name of ['int64_after', 'float_after', 'double_after']) {
      assert.equal(Number(await app.call(name, [0])), 5);
      await assert.rejects(app.call(name, [NaN]), { code: 'EVALUE' });
      const controller = new AbortController(), call = app.call(name, [3600], { signal: controller.signal });
      await pause(1);
      controller.abort('stop');
      await assert.rejects(call, (reason) => reason === 'stop');
    }
  });

  it('keep arguments of every type until they go on', async () => {
    const { exports } = await loadCalls();
    const all = Array.from({ length: 50 }, (_, i) => exports.mixed(i, BigInt(i) << 33n, 0.5, -i));
    assert.deepEqual(await Promise.all(all), Array.from({ length: 50 }, (_, i) => i * 2 ** 33 + 0.5));
  });

  it('suspend at any depth', async () => {
    const { exports } = await loadCalls();
    assert.equal(await exports.deep(10_000), 10_000 * 10_001 / 2);
  });

  it('can be made while C runs', async () => {
    /** @type {Promise<number>} */
    let inner = Promise.resolve(0);
    const app = await loadCalls({ imports: { ...idle, callback: () => { inner = app.exports.add(20, 3); return 4; } } });
    assert.equal(await app.exports.through_javascript(), 4);
    assert.equal(await inner, 23);
  });

  it('leave the event loop its turns', async () => {
    const { exports } = await loadCalls({ slice: 1 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await exports.spin(1_000_000);
    clearInterval(timer);
    assert.ok(ticks > 3, `${ticks} ticks`);
  });

  it('take real time on the real clock', async () => {
    const { exports } = await loadCalls({ env: {} });
    const start = performance.now();
    await Promise.all([exports.add(1, 2), exports.add(3, 4)]);
    const took = performance.now() - start;
    assert.ok(took >= 995 && took < 1500, `${took} ms`);
  });
});

describe('arguments', () => {
  it('are counted', async () => {
    const { exports } = await loadCalls();
    await assert.rejects(exports.add(1), { name: 'TypeError', message: 'add takes 2 arguments, not 1' });
  });

  it('are numbers or bigints', async () => {
    const { exports } = await loadCalls();
    await assert.rejects(exports.half('2'), { name: 'TypeError', message: 'half: argument 1 is a string; C takes a number' });
    await assert.rejects(exports.add(1, /** @type {any} */ (null)), /argument 2 is null/);
  });

  it('of the wrong one of the two reject, and the app goes on', async () => {
    const { exports } = await loadCalls();
    await assert.rejects(exports.twice(1), { name: 'TypeError', message: 'twice: argument 1 is a number; C takes a bigint' });
    await assert.rejects(exports.add(1n, 2n), { name: 'TypeError', message: 'add: argument 1 is a bigint; C takes a number, a string or a Uint8Array' });
    assert.equal(await exports.add(1, 2), 3);
  });

  it('need a function', async () => {
    const app = await loadCalls();
    await assert.rejects(app.call('subtract', [1, 2]), { name: 'TypeError', message: /no function subtract/ });
    await assert.rejects(app.call('bide__js_wake', [1]), TypeError);
    await assert.rejects(app.call('toString', []), TypeError);
  });
});

describe('signals', () => {
  it('cancel the task; the call rejects with the reason', async () => {
    const app = await loadCalls({ env: {} });
    const controller = new AbortController();
    const call = app.call('wait_forever', [], { signal: controller.signal });
    await pause(5);
    const reason = new Error('changed my mind');
    controller.abort(reason);
    await assert.rejects(call, reason);
    assert.equal(await app.exports.add_now(1, 2), 3);
  });

  it('cancel a task before its first step', async () => {
    const app = await loadCalls();
    const controller = new AbortController();
    const call = app.call('crash', [], { signal: controller.signal });
    controller.abort();
    await assert.rejects(call, { name: 'AbortError' });
  });

  it('cancel any number of calls, by one listener', async () => {
    const app = await loadCalls(), controller = new AbortController(), { signal } = controller;
    const calls = Array.from({ length: 20 }, () => app.call('wait_forever', [], { signal }));
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    controller.abort('enough');
    assert.deepEqual(new Set((await Promise.allSettled(calls)).map((one) => /** @type {any} */ (one).reason)), new Set(['enough']));
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    const other = new AbortController();
    await app.call('add', [1, 2], { signal: other.signal });
    assert.equal(getEventListeners(other.signal, 'abort').length, 0);
  });

  it('are signals, and arguments stand in an array', async () => {
    const app = await loadCalls();
    assert.throws(() => app.call('add', [1, 2], /** @type {any} */ ({ signal: {} })), { name: 'TypeError', message: 'app.call: the signal is no AbortSignal' });
    assert.throws(() => app.call('add', /** @type {any} */ (1)), { name: 'TypeError', message: 'app.call: the arguments are no array' });
    assert.equal(await app.call('add', [1, 2], /** @type {any} */ (null)), 3);
    assert.equal(await app.call('add', [1, 2], /** @type {any} */ ({ signal: null })), 3);
  });

  it('that are aborted already start nothing', async () => {
    const app = await loadCalls();
    await assert.rejects(app.call('crash', [], { signal: AbortSignal.abort('no') }), (reason) => reason === 'no');
    assert.equal(await app.exports.add_now(1, 2), 3);
  });

  it('may be ignored by C', async () => {
    const app = await loadCalls({ env: {} });
    const controller = new AbortController();
    const call = app.call('swallow', [], { signal: controller.signal });
    await pause(5);
    controller.abort();
    assert.equal(await call, 5);
  });

  it('of the app cancel every call, and keep new ones from starting', async () => {
    const controller = new AbortController();
    const app = await loadCalls({ env: {}, signal: controller.signal });
    const calls = [app.exports.wait_forever(), app.exports.wait_forever()];
    await pause(5);
    controller.abort(new Error('page left'));
    for (const call of calls) await assert.rejects(call, { message: 'page left' });
    await assert.rejects(app.exports.add_now(1, 2), { message: 'page left' });
  });
});

describe('the signal of the app', () => {
  it('also cancels what calls have left behind', async () => {
    const controller = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const app = await loadCalls({ env: {}, signal: controller.signal });
    await app.exports.leave_timer();
    await pause(1);
    assert.equal(timers(), before + 1);
    controller.abort();
    await pause(1);
    assert.equal(timers(), before);
  });
});

describe('a JavaScript frame between', () => {
  it('makes what would suspend fail, and the rest goes on', async () => {
    /** @type {number} */
    let code = 0;
    const app = await loadCalls({ imports: { ...idle, callback: () => { code = /** @type {any} */ (app.instance.exports).add(1, 2); return 6; } } });
    assert.equal(await app.exports.through_javascript(), 6);
    assert.equal(code, -0x62640000 - 4);   // BIDE_ERUNTIME
  });

  it('and a run call in a task are refused', async () => {
    const { exports } = await loadCalls();
    await assert.rejects(exports.run_inside(), { code: 'ERUNTIME', name: 'RuntimeError' });
  });
});

describe('a trap', () => {
  it('rejects every pending and later call, and tells task and function', async () => {
    const app = await loadCalls();
    const pending = app.exports.wait_forever();
    const [crash, waiting] = await Promise.allSettled([app.exports.crash(), pending]);
    for (const { reason } of /** @type {PromiseRejectedResult[]} */ ([crash, waiting])) {
      assert.equal(reason.code, 'TRAP');
      assert.equal(reason.message, 'trap: unreachable, in task \'crash\'');
      assert.ok(reason.cause instanceof WebAssembly.RuntimeError);
      assert.match(reason.report, /^trap: unreachable, in task 'crash'\n(  at inner_crash .*\n)?  at crash \(wasm-function\[\d+\].*\)$/);
      assert.doesNotMatch(reason.report, /bide__/);
    }
    await assert.rejects(app.exports.add(1, 2), { code: 'TRAP' });
  });

  it('has the engine\'s name', async () => {
    const { exports } = await loadCalls();
    await assert.rejects(exports.divide(1, 0), { code: 'TRAP', message: 'trap: divide by zero, in task \'divide\'' });
  });

  it('is also the end of the engine\'s stack, with the C function', async () => {
    const { exports } = await loadCalls();
    await assert.rejects(exports.exhaust(), { code: 'TRAP', message: /^trap: the engine's own stack is exhausted by engine_frames \(.*\), in task 'exhaust'$/ });
  });

  it('is no BideError that an import throws which returns an int', async () => {
    const stderr = collector();
    const app = await loadCalls({ stderr, imports: { ...idle, callback(/** @type {number} */ n) { if (n) throw new BideError('EKEY', 'no key'); return 0; } } });
    await assert.rejects(app.exports.try_callback(1), { code: 'EKEY', message: 'no key' });
    assert.equal(await app.exports.try_callback(0), 0);
    await app.close();
    assert.equal(stderr.text, '');      // C has met it, so it is not lost
  });

  it('is a BideError that an import throws which returns nothing', async () => {
    const app = await loadCalls({ imports: { ...idle, note() { throw new BideError('EKEY', 'no key'); } } });
    await assert.rejects(app.exports.crash(), { code: 'TRAP', message: /ValueError|KeyError/ });
  });

  it('is also an error that an import throws through C', async () => {
    const app = await loadCalls({ imports: { ...idle, callback() { throw new RangeError('not here'); } } });
    await assert.rejects(app.exports.through_javascript(), (/** @type {any} */ error) => {
      assert.equal(error.message, 'trap: a JavaScript function threw RangeError: not here, in task \'through_javascript\'');
      assert.equal(error.cause.message, 'not here');
      return true;
    });
  });
});

describe('the end of the program', () => {
  it('by a task\'s stack overflow is told on stderr', async () => {
    const stderr = collector();
    const { exports } = await loadCalls({ stderr });
    await assert.rejects(exports.overflow(1000), { code: 'EXIT', message: 'the program has ended with exit code 134' });
    assert.match(stderr.text, /stack overflow in overflow, whose stack has \d+ bytes/);
  });

  it('by exit rejects pending and later calls', async () => {
    const stdout = collector();
    const { exports } = await loadCalls({ stdout });
    const pending = exports.wait_forever();
    const [quit, waiting] = await Promise.allSettled([exports.quit(3), pending]);
    assert.equal(/** @type {any} */ (quit).reason.code, 'EXIT');
    assert.equal(/** @type {any} */ (waiting).reason.code, 'EXIT');
    await assert.rejects(exports.add(1, 2), { code: 'EXIT', message: 'the program has ended with exit code 3' });
    assert.equal(stdout.text, 'bye');
  });
});
