// clang-19 and wasm-ld-19 make programs, and `bide link` finishes them: then they run.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { load } from '../../js/index.js';
import { backends } from '../support/backends.js';
import { clang, skipByHand, wasmLd } from '../support/by_hand.js';
import { buildDir, root } from '../support/paths.js';
import { mustRun, runProcess } from '../support/process.js';
import { JUMPS, sourceOf, WORKERS } from './linked.js';

const COMMAND = join(root, 'js/cli/main.js');
const dir = buildDir('by-hand');

/** @param {string[]} args  @returns {Promise<string>} what it prints */
const bide = async (...args) => (await mustRun(process.execPath, [COMMAND, ...args])).stdout;

/** @param {string[]} args  @returns {Promise<string[]>} as a shell would make words of it */
const flagsFor = async (...args) => (await bide('link', '--flags', ...args)).split('\n').filter(Boolean);

/** What was built, by the path without ending. @type {Map<string, Promise<string>>} */
const built = new Map();

/** Which options a program is made with. @typedef {{ withMap?: boolean, compile?: string[], wrap?: string[], finish?: string[] }} Making */

const STREAMS = { wrap: ['fopencookie'] };

/** @param {string} name  of a program  @param {'js' | 'wasi'} target  @param {Making} [making]  @returns {Promise<string>} the finished module */
function build(name, target, making = {}) {
  const stem = join(dir, [name, target, ...making.withMap ? ['map'] : [], ...making.finish ?? []].join('-'));
  if (!built.has(stem)) built.set(stem, make(name, target, stem, making));
  return /** @type {Promise<string>} */ (built.get(stem));
}

/** @param {string} name  @param {'js' | 'wasi'} target  @param {string} stem  of what is made  @param {Making} making */
async function make(name, target, stem, { withMap = false, compile = [], wrap = [], finish = [] }) {
  const [object, linked, map, finished] = ['.o', '.linked.wasm', '.map', '.wasm'].map((extension) => stem + extension);
  await clang('-c', ...compile, sourceOf(name), '-o', object);
  const flags = [...await flagsFor('--target', target, object), ...(withMap ? [`--Map=${map}`] : []), ...wrap.map((function_) => `--wrap=${function_}`)];
  await wasmLd([object], { target, flags, output: linked });
  await bide('link', linked, '-o', finished, ...(withMap ? ['--map', map] : []), ...finish);
  return finished;
}

after(() => backends.forEach((backend) => backend.close()));

describe('linked by hand', { skip: skipByHand }, () => {
  for (const { name, run, skip } of backends.filter((backend) => !backend.name.startsWith('native'))) {
    const target = name.startsWith('js') ? 'js' : 'wasi';
    for (const withMap of [false, true]) {
      it(`tasks, with${withMap ? '' : 'out'} a map, ${name}`, { skip }, async () => {
        assert.deepEqual(await run(await build('workers', target, { withMap })), { code: 0, signal: null, stdout: WORKERS, stderr: '' });
      });
    }
    it(`a stream of the program's own, ${name}`, { skip }, async () => {
      assert.deepEqual(await run(await build('streams', target, STREAMS)), { code: 0, signal: null, stdout: 'kept\n', stderr: '' });
    });
    it(`longjmp across suspensions, ${name}`, { skip }, async () => {
      const finish = name === 'wasi on node:wasi' ? ['--legacy-exceptions'] : [];
      const jumps = await build('jumps', target, { compile: ['-mllvm', '-wasm-enable-sjlj'], finish });
      assert.deepEqual(await run(jumps), { code: 0, signal: null, stdout: JUMPS, stderr: '' });
    });
    it(`a program without coroutines, ${name}`, { skip }, async () => {
      assert.deepEqual(await run(await build('plain', target)), { code: 0, signal: null, stdout: 'plain\n', stderr: '' });
    });
  }

  it('tail calls are refused', async () => {
    const linked = join(dir, 'tail-calls.wasm');
    await clang('-mtail-call', join(root, 'examples/hello.c'), ...await flagsFor('--driver', '--target', 'wasi'), '-o', linked);
    const { code, stderr } = await runProcess(process.execPath, [COMMAND, 'link', linked, '-o', join(dir, 'never.wasm')]);
    assert.deepEqual({ code, stderr }, { code: 1, stderr: `bide: ${linked} has tail calls, which can't be suspended: compile without -mtail-call\n` });
  });

  it('a map makes the module smaller if something suspends that could be the function of a stream', async () => {
    const [without, withMap] = [await build('like_write', 'wasi'), await build('like_write', 'wasi', { withMap: true })].map((path) => readFileSync(path).length);
    assert.ok(withMap < without, `${withMap}, ${without}`);
  });

  it('a stream of the program\'s own that knows nothing of tasks is refused', async () => {
    const object = (await build('streams', 'wasi', STREAMS)).replace(/wasm$/, 'o'), linked = join(dir, 'streams.unwrapped.wasm');
    await wasmLd([object], { target: 'wasi', flags: await flagsFor('--target', 'wasi', object), output: linked });
    const { code, stderr } = await runProcess(process.execPath, [COMMAND, 'link', linked, '-o', join(dir, 'none.wasm')]);
    assert.deepEqual({ code, stderr }, { code: 1, stderr: `bide: ${linked} has tasks and fopencookie: link it with --wrap=fopencookie, too\n` });
  });

  it('the map of another module is refused', async () => {
    const map = (await build('plain', 'wasi', { withMap: true })).replace(/wasm$/, 'map'), workers = (await build('workers', 'wasi')).replace(/wasm$/, 'linked.wasm');
    const { code, stderr } = await runProcess(process.execPath, [COMMAND, 'link', workers, '--map', map, '-o', join(dir, 'none.wasm')]);
    assert.equal(stderr, `bide: ${workers} is not the module that the linker's map tells of\n`);
    assert.equal(code, 1);
  });

  it('a module that was stripped is refused', async () => {
    const object = (await build('plain', 'wasi')).replace(/wasm$/, 'o'), stripped = join(dir, 'stripped.wasm');
    await wasmLd([object], { target: 'wasi', flags: [...await flagsFor('--target', 'wasi', object), '-s'], output: stripped });
    const { code, stderr } = await runProcess(process.execPath, [COMMAND, 'link', stripped, '-o', join(dir, 'none.wasm')]);
    assert.match(stderr, /stripped\.wasm has no name section, by which its functions are known: link it without -s and --strip-all/);
    assert.equal(code, 1);
  });

  it('JavaScript calls what BIDE_EXPORT marks', async () => {
    const app = await load(await build('workers', 'js'), { env: { BIDE_VIRTUAL_TIME: '1' } });
    assert.deepEqual(await Promise.all([app.exports.twice(2), app.exports.twice(3)]), [4, 6]);
  });

  for (const target of /** @type {const} */ (['js', 'wasi'])) {
    it(`a compiler takes the flags of --driver, ${target}`, async () => {
      const [linked, finished] = ['linked', 'finished'].map((name) => join(dir, `driver-${target}.${name}.wasm`));
      await clang(sourceOf('workers'), ...await flagsFor('--driver', '--target', target), '-o', linked);
      await bide('link', linked, '-o', finished);
      const { run } = /** @type {typeof backends[number]} */ (backends.find(({ name }) => name.startsWith(target === 'js' ? 'js on' : 'wasi on node')));
      assert.equal((await run(finished)).stdout, WORKERS);
    });
  }
});
