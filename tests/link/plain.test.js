// A program without coroutines is plain wasm: no Asyncify, no stack check, nothing of the core.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { BideError, load } from '../../js/index.js';
import { finish } from '../../js/link/finish.js';
import { DUMP, DUMP_RUNNING } from '../../js/link/names.js';
import { functionBodies, functionNames, GLOBAL, importedFunctions, sectionReader } from '../../js/link/wasm.js';
import { backends } from '../support/backends.js';
import { buildDir } from '../support/paths.js';
import { linkedProgram } from './linked.js';

after(() => backends.forEach((backend) => backend.close()));

/** @typedef {import('./linked.js').Target} Target */

/** @param {string} name  @param {Target} target  @param {Parameters<typeof linkedProgram>[2]} [more] */
async function finished(name, target, more) {
  return finish(await linkedProgram(name, target, more), { level: '2', names: true, stackCheck: true });
}

/** @param {Uint8Array} wasm  @returns {number} the linker's stack pointer, and those that passes add */
const variables = (wasm) => sectionReader(wasm, GLOBAL)?.number() ?? 0;

/** @param {Uint8Array} wasm  @returns {string[]} */
const foreignImports = (wasm) => WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ module }) => module).filter((module) => module !== 'wasi_snapshot_preview1');

/** Functions of ours that a program may have that has no core. */
const SMALL = /^bide__(alloc|alloc_slow|free|libc_is_time|libc_seconds|libc_until|lock_wait|mutex_take|mutex_is_held|host_now|host_pause|host_virtual_time|wasi_clock|js_alloc|js_free|js_start|js_program|js_flush)$/;
/** @param {Uint8Array} wasm */
const ofTheCore = (wasm) => [...functionNames(wasm).values()].filter((name) => /^(bide_|coro_)/.test(name) && !SMALL.test(name));

/** @param {Uint8Array} wasm  @param {string} name  of a function, which has no body if it is part of its callers */
function bodySize(wasm, name) {
  const [index] = [...functionNames(wasm)].find(([, one]) => one === name) ?? [], body = functionBodies(wasm)[Number(index) - importedFunctions(wasm)];
  return body ? body.end - body.start : 0;
}

/** @param {Uint8Array} wasm  @param {string} name  @returns {string} where it is written */
function written(wasm, name) {
  const file = join(buildDir('modules'), `${name}.wasm`);
  writeFileSync(file, wasm);
  return file;
}

const NUMBER = '694140833\n';

describe('without coroutines', { timeout: 300_000 }, () => {
  for (const more of [{}, { linked: [DUMP] }]) {
    const what = more.linked ? ', though the tree of tasks was asked for' : '';

    it(`a sleep on wasi brings nothing of the core${what}`, async () => {
      const wasm = await finished('naps', 'wasi', more);
      assert.deepEqual([variables(wasm), foreignImports(wasm), ofTheCore(wasm)], [1, [], []]);
    });

    it(`a program for js that waits for nothing has nothing of the core${what}`, async () => {
      const exported = more.linked ? [DUMP_RUNNING] : [];
      const wasm = await finished('naps', 'js', { ...more, exported, flags: ['-DNAP=0'] });
      assert.deepEqual([variables(wasm), foreignImports(wasm), ofTheCore(wasm)], [1, [], []]);
    });
  }

  it('a sleep costs little', async () => {
    const sizes = await Promise.all([[], ['-DNAP=0']].map(async (flags) => (await finished('naps', 'wasi', { flags })).length));
    assert.ok(sizes[0] < sizes[1] + 2000, `${sizes[0]}, without it ${sizes[1]}`);
  });

  for (const target of /** @type {const} */ (['js', 'wasi'])) {
    it(`locks of pthreads bring nothing of the core, and cost little, ${target}`, async () => {
      const [wasm, without] = await Promise.all([[], ['-DLOCKS=0']].map((flags) => finished('locks', target, { flags })));
      assert.deepEqual([variables(wasm), foreignImports(wasm), ofTheCore(wasm)], [1, [], []]);
      assert.ok(wasm.length < without.length + 400, `${wasm.length}, without them ${without.length}`);
    });
  }

  it('functions that only compute are called from JavaScript, and are not instrumented', async () => {
    const wasm = await finished('only_exports', 'js', { mainOptional: true });
    assert.equal(variables(wasm), 3);                  // the stack pointer and its limits: a call has a stack of its own
    const app = await load(wasm);
    assert.equal(await app.exports.add(2, 3), 5);
    await app.close();
    await assert.rejects(app.exports.add(2, 3), { code: 'EXIT' });
  });

  it('app.close() ends a program of such functions at once, and costs it next to nothing', async () => {
    const wasm = await finished('only_exports', 'js', { flags: ['-DFAREWELL'], mainOptional: true });
    assert.deepEqual(['bide__js_close', 'bide__js_ending'].filter((name) => bodySize(wasm, name) > 16), []);
    let printed = '';
    const app = await load(wasm, { slice: 0, stdout: (bytes) => printed += new TextDecoder().decode(bytes) });
    assert.equal(await app.exports.promise_farewell(), 0);
    for (const now = performance.now(); performance.now() === now;);      // the slice is over, so the next call has to wait
    const call = app.exports.add(2, 3), closed = app.close();
    await assert.rejects(call, { code: 'ECANCELED', message: 'the app has been closed' });
    await closed;
    assert.equal(printed, 'farewell\n');
  });

  it('an import that throws an error of ours hands its code to C', async () => {
    const wasm = await finished('halves', 'js');
    assert.deepEqual([variables(wasm), ofTheCore(wasm)], [1, []]);
    let printed = '';
    const half = (/** @type {number} */ n) => {
      if (n % 2) throw new BideError('EVALUE', 'odd');
      return n / 2;
    };
    const app = await load(wasm, { imports: { half }, stdout: (bytes) => printed += new TextDecoder().decode(bytes) });
    assert.equal(await app.run(), 0);
    assert.equal(printed, '2 odd\n');
  });

  for (const { name, run, skip } of backends.filter((backend) => !backend.name.startsWith('native'))) {
    const target = name.startsWith('js') ? 'js' : 'wasi';

    it(`it runs, ${name}`, { skip }, async () => {
      const file = written(await finished('naps', target, { flags: target === 'js' ? ['-DNAP=0'] : [] }), `naps-${target}`);
      assert.deepEqual(await run(file), { code: 0, signal: null, stdout: NUMBER, stderr: '' });
    });

    it(`libc's sleep suspends tasks that have no other wait, ${name}`, { skip }, async () => {
      const file = written(await finished('only_usleep', target), `only_usleep-${target}`);
      assert.deepEqual(await run(file), { code: 0, signal: null, stdout: '20: 1\n30: 1\n20: 2\n30: 2\n', stderr: '' });
    });
  }
});
