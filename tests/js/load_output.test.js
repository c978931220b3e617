// What C prints is to be seen when the call ends, while it waits, and after a trap.

import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { load } from '../../js/index.js';
import { buildJs, collector } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('output')); });

const LINES = 'line 0\nline 1\nline 2\n';

it('a call that has ended has its output written', async () => {
  const stdout = collector();
  const app = await load(module, { stdout });
  assert.equal(await app.exports.say(3), 3);
  await new Promise(setImmediate);
  assert.equal(stdout.text, LINES);
});

it('a call that waits has its output written', async () => {
  const stdout = collector(), controller = new AbortController();
  const app = await load(module, { stdout });
  const call = app.call('say_and_wait', [3], { signal: controller.signal });
  await new Promise(setImmediate);
  assert.equal(stdout.text, LINES);
  controller.abort();
  await assert.rejects(call, { name: 'AbortError' });
});

it('what was printed before a trap is written', async () => {
  const stdout = collector();
  const app = await load(module, { stdout });
  await assert.rejects(app.exports.say_and_trap(3), { code: 'TRAP' });
  assert.equal(stdout.text, LINES);
});

/** Sinks that take a chunk only when take() is called.
 *  @type {Record<string, () => { stdout: any, text(): string, waiting(): number, take(): void }>} */
const slow = {
  'a Writable of Node': () => slowSink((write) => new Writable({ highWaterMark: 1e6, write: (chunk, _encoding, done) => write(chunk).then(() => done(), done) })),
  'a stream of the web': () => slowSink((write) => new WritableStream({ write })),
  'a function that returns a promise': () => slowSink((write) => write),
};

/** @param {(write: (chunk: Uint8Array) => Promise<void>) => any} make */
function slowSink(make) {
  let text = '';
  /** @type {(() => void)[]} */
  const waiting = [];
  const stdout = make((chunk) => new Promise((resolve) => {
    waiting.push(() => { text += Buffer.from(chunk); resolve(); });
  }));
  return { stdout, text: () => text, waiting: () => waiting.length, take: () => waiting.shift()?.() };
}

/** Let everything happen that needs no timer. */
const idle = async () => { for (let i = 0; i < 20; i++) await new Promise(setImmediate); };

describe('no turn is taken while more than 64 KiB are undelivered to', () => {
  for (const [name, make] of Object.entries(slow)) {
    it(name, async () => {
      const sink = make();
      let written = 0;
      const app = await load(module, { stdout: sink.stdout });
      const call = app.exports.flood(400, 1000).then(() => { written = -1; });
      await idle();
      assert.equal(written, 0);
      for (let taken = 0; written === 0; taken = sink.text().length) {
        sink.take();
        await idle();
        assert.ok(sink.text().length > taken || written);
      }
      await call;
      while (sink.waiting()) { sink.take(); await idle(); }
      assert.equal(sink.text(), 'x'.repeat(400_000));
    });
  }

  it('a function is called inside of the write', async () => {
    const app = await load(module, { stdout: (/** @type {any} */ chunk) => { seen += chunk; } });
    let seen = '';
    await app.exports.half();
    assert.equal(seen, '');
    assert.equal(await app.exports.write_errno(), 0);
    assert.equal(seen, '\ufffdx');
  });
});

it('is 64 KiB and what one turn writes, at most', async () => {
  let most = 0;
  const stdout = new Writable({ write(_chunk, _encoding, done) { most = Math.max(most, stdout.writableLength); setImmediate(done); } });
  const app = await load(module, { stdout });
  await app.exports.flood(300, 10_000);
  assert.ok(most > 65536 && most <= 65536 + 10_000, `${most} bytes`);
});

describe('run() resolves after output has drained to', () => {
  for (const [name, make] of Object.entries(slow)) {
    it(name, async () => {
      const sink = make();
      let code = -1;
      const app = await load(module, { stdout: sink.stdout });
      const done = app.run().then((given) => { code = given; });
      await idle();
      while (sink.waiting()) {
        assert.equal(code, -1);
        sink.take();
        await idle();
      }
      await done;
      assert.equal(code, 0);
      assert.equal(sink.text(), 'line 0\nline 1\nline 2\nline 3\nline 4\n');
      assert.notEqual(sink.stdout.locked, true);
    });
  }
});

describe('a sink that fails', () => {
  const full = () => { throw new Error('full'); };
  const broken = { code: 'TRAP', message: /a JavaScript function threw Error: full/ };

  it('in a write ends the app: run() and calls reject', async () => {
    const app = await load(module, { stdout: full });
    const call = app.exports.say_and_wait(1);
    await assert.rejects(app.run(), broken);
    await assert.rejects(call, broken);
    await assert.rejects(app.exports.say(1), broken);
  });

  for (const [name, stdout] of Object.entries({ 'at once': full, 'by a rejection': async () => full() })) {
    it(`when the last bytes are written: run() rejects, ${name}`, async () => {
      const app = await load(module, { args: ['output', '3'], stdout });
      await assert.rejects(app.run(), broken);
      await assert.rejects(app.run(), broken);
    });
  }

  it('by a rejection ends the app', async () => {
    const app = await load(module, { stdout: async () => full() });
    const call = app.exports.say_and_wait(1);
    await assert.rejects(call, broken);
    await assert.rejects(app.exports.say(1), broken);
  });

  it('by a then that throws ends the app', async () => {
    const app = await load(module, { stdout: () => ({ then: full }) });
    await assert.rejects(app.run(), broken);
  });

  it('as a stream does gives EPIPE', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('full')) }).on('error', () => {});
    for (const stdout of [stream, new WritableStream({ write: full })]) {
      const app = await load(module, { stdout });
      assert.equal(await app.exports.write_errno(), 0);
      await idle();
      assert.equal(await app.exports.write_errno(), 64);
    }
  });
});

describe('a sink may', () => {
  /** @param {(app: any) => void} act  in the first write */
  async function acting(act) {
    /** @type {any} */
    let app;
    const stdout = collector();
    let acted = false;
    const sink = (/** @type {Uint8Array} */ chunk) => {
      stdout(chunk);
      if (!acted) { acted = true; act(app); }
    };
    app = await load(module, { stdout: sink });
    return { app, stdout };
  }

  it('call the app, whose memory then grows', async () => {
    const { app, stdout } = await acting((given) => assert.equal(given.instance.exports.grow(), 1));
    assert.equal(await app.exports.say(3), 3);
    await idle();
    assert.equal(stdout.text, LINES);
  });

  it('start a call and run main, once', async () => {
    /** @type {Promise<any>[]} */
    const results = [];
    const { app, stdout } = await acting((given) => { results.push(given.exports.say(1), given.run(), given.run()); });
    assert.equal(await app.exports.say(3), 3);
    const [say, run, again] = await Promise.allSettled(results);
    assert.deepEqual([say.status, run.status, again.status], ['fulfilled', 'fulfilled', 'rejected']);
    assert.match(stdout.text, /^line 0\nline 1\nline 2\n/);
    assert.match(stdout.text, /line 4\n$/);
  });

  it('interrupt', async () => {
    const { app } = await acting((given) => assert.equal(given.interrupt(), true));
    assert.equal(await app.run(), 130);
  });
});
