// What `bide link` finishes, what it refuses, and what it prints.

import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before, describe, it } from 'node:test';
import { archive, link } from '../../js/cli/clang.js';
import { planLibrary, readLibrary } from '../../js/cli/library.js';
import { customSections, functionNames, withoutCustomSections } from '../../js/link/wasm.js';
import { workspace } from '../js/cli_support.js';
import { backends } from '../support/backends.js';
import { linkedProgram, objectOf, WORKERS } from './linked.js';

const { dir, bide } = workspace(test, {});
const path = (/** @type {string} */ name) => join(dir, name);

/** One file for each thing that may be finished, or be wrong. */
before(async () => {
  const js = await linkedProgram('workers', 'js'), wasi = await linkedProgram('workers', 'wasi'), plain = await linkedProgram('plain', 'wasi');
  const object = await objectOf('workers'), head = [0, 0x61, 0x73, 0x6d];
  /** @type {Record<string, string | Uint8Array>} */
  const files = {
    'js.wasm': js.wasm, 'wasi.wasm': wasi.wasm, 'wasi.map': wasi.map, 'plain.wasm': plain.wasm,
    'workers.o': object, 'plain.o': await objectOf('plain'), 'libworkers.a': await archive({ 'workers.o': object }),
    'nameless.wasm': withoutCustomSections(wasi.wasm, (name) => name === 'name'),
    'flagless.wasm': await linkWithoutFlags(object),
    'other.wasm': Uint8Array.of(...head, 1, 0, 0, 0), 'component.wasm': Uint8Array.of(...head, 0x0d, 0, 1, 0),
    'cut.wasm': wasi.wasm.subarray(0, wasi.wasm.length / 2), 'cut.o': object.subarray(0, object.length / 2), 'short.wasm': wasi.wasm.subarray(0, 6), 'empty.wasm': '', 'text.wasm': '(module)',
  };
  for (const [name, data] of Object.entries(files)) writeFileSync(path(name), data);
  mkdirSync(path('folder'));
}, { timeout: 300_000 });
after(() => backends.forEach((backend) => backend.close()));

/** Link as somebody does who forgets `bide link --flags`. @param {Uint8Array} object */
async function linkWithoutFlags(object) {
  const lib = '/usr/lib/wasm32-wasip1', builtins = '/usr/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a';
  const args = ['-m', 'wasm32', `-L${lib}`, `${lib}/crt1-command.o`, 'workers.o', 'libbide.a', '-lc', builtins];
  return (await link(args, { 'workers.o': object, 'libbide.a': readLibrary(planLibrary('wasi')) })).wasm;
}

/** @param {string} name  of a finished module  @param {'js' | 'wasi'} target */
function run(name, target) {
  const backend = /** @type {typeof backends[number]} */ (backends.find((b) => b.name.startsWith(target === 'js' ? 'js on' : 'wasi on node')));
  return backend.run(path(name));
}

describe('bide link finishes', () => {
  for (const target of /** @type {const} */ (['js', 'wasi'])) {
    it(`a module for ${target}`, async () => {
      assert.deepEqual(bide(['link', `${target}.wasm`, '-o', `sub/${target}.done.wasm`]), { status: 0, stdout: '', stderr: '' });
      assert.deepEqual(await run(`sub/${target}.done.wasm`, target), { code: 0, signal: null, stdout: WORKERS, stderr: '' });
    });
  }

  it('writes through a link, and to what is no regular file', () => {
    writeFileSync(path('behind.wasm'), 'old');
    symlinkSync('behind.wasm', path('link.wasm'));
    assert.deepEqual(bide(['link', 'wasi.wasm', '-o', 'link.wasm']), { status: 0, stdout: '', stderr: '' });
    assert.ok(lstatSync(path('link.wasm')).isSymbolicLink());
    assert.ok(readFileSync(path('behind.wasm')).length > 1000);
    assert.deepEqual(bide(['link', 'wasi.wasm', '-o', '/dev/full']), { status: 1, stdout: '', stderr: "bide: /dev/full can't be written: no space left on device\n" });
    assert.ok(lstatSync('/dev/full').isCharacterDevice());
  });

  it('names the output that can not be written, or is empty', () => {
    assert.deepEqual(bide(['link', 'wasi.wasm', '-o', '/proc/x.wasm']), { status: 1, stdout: '', stderr: "bide: /proc/x.wasm can't be written: no such file or directory\n" });
    assert.equal(bide(['link', 'wasi.wasm', '-o', '']).status, 2);
  });

  for (const options of [['-O0'], ['-O1'], ['-O3'], ['-Os'], ['-Oz'], ['-g'], ['--no-stack-check'], ['--map', 'wasi.map']]) {
    it(`with ${options.join(' ')}`, async () => {
      assert.equal(bide(['link', 'wasi.wasm', '-o', 'options.wasm', ...options]).status, 0);
      assert.equal((await run('options.wasm', 'wasi')).stdout, WORKERS);
    });
  }

  it('a module without coroutines, which stays what it is', async () => {
    assert.equal(bide(['link', 'plain.wasm', '-o', 'plain.done.wasm']).status, 0);
    assert.deepEqual(await run('plain.done.wasm', 'wasi'), { code: 0, signal: null, stdout: 'plain\n', stderr: '' });
    const [before, now] = ['plain.wasm', 'plain.done.wasm'].map((name) => new WebAssembly.Module(readFileSync(path(name))));
    assert.deepEqual(WebAssembly.Module.exports(now), WebAssembly.Module.exports(before));
  });

  it('a module in its own place', async () => {
    writeFileSync(path('same.wasm'), readFileSync(path('wasi.wasm')));
    assert.equal(bide(['link', 'same.wasm', '-o', 'same.wasm']).status, 0);
    assert.equal((await run('same.wasm', 'wasi')).stdout, WORKERS);
  });

  it('and leaves no mark; -g leaves names', () => {
    for (const options of [[], ['-g']]) {
      bide(['link', 'wasi.wasm', '-o', 'marks.wasm', ...options]);
      const bytes = readFileSync(path('marks.wasm'));
      assert.deepEqual(customSections(bytes).map(({ name }) => name), options.length > 0 ? ['name'] : []);
      assert.equal(functionNames(bytes).size > 0, options.length > 0);
      assert.equal(bytes.includes('bide__linked'), false);
    }
  });

  it('and says with -v what it does', () => {
    const { stderr } = bide(['link', 'wasi.wasm', '-o', 'told.wasm', '-v']);
    assert.match(stderr, /^bide: stack check\nbide: asyncify: \d+ of \d+ functions stay as they are\nbide: optimise: -O2\n$/);
  });
});

const NOT_OURS = 'is finished already, or was not linked with libbide.a and what bide link --flags prints';

describe('bide link refuses', () => {
  before(() => {
    for (const target of ['js', 'wasi']) bide(['link', `${target}.wasm`, '-o', `${target}.finished.wasm`]);
    bide(['link', 'wasi.wasm', '-g', '-o', 'named.finished.wasm']);
  });

  for (const [name, sentence] of [
    ['text.wasm', 'is not a WebAssembly module'], ['empty.wasm', 'is not a WebAssembly module'],
    ['component.wasm', 'is a component; bide link takes the module that it is made of'],
    ['workers.o', 'is an object, which is to be linked first'], ['libworkers.a', 'is an archive of objects, which are to be linked first'],
    ['cut.wasm', 'is damaged: it ends too early'], ['short.wasm', 'is damaged: it ends too early'],
    ['other.wasm', NOT_OURS], ['wasi.finished.wasm', NOT_OURS],
    ['js.finished.wasm', 'is finished already'], ['named.finished.wasm', 'is finished already'],
    ['flagless.wasm', 'was linked with libbide.a, but without what bide link --flags prints'],
    ['nameless.wasm', 'has no name section, by which its functions are known: link it without -s and --strip-all, '
      + 'and keep wasm-opt away from it (clang runs it if it finds one, unless told --no-wasm-opt)'],
  ]) {
    it(name, () => {
      assert.deepEqual(bide(['link', name, '-o', 'out.wasm']), { status: 1, stdout: '', stderr: `bide: ${name} ${sentence}\n` });
      assert.equal(existsSync(path('out.wasm')), false);
    });
  }

  it('a file that can\'t be written', () => {
    const { status, stderr } = bide(['link', 'wasi.wasm', '-o', 'text.wasm/out.wasm']);
    assert.match(stderr, /^bide: E\w+: .*text\.wasm/);
    assert.equal(status, 1);
  });

  for (const [name, sentence] of [['text.wasm', 'is neither an object nor an archive'], ['cut.o', 'is damaged: it ends too early']]) {
    it(`flags for ${name}`, () => {
      assert.deepEqual(bide(['link', '--flags', name]), { status: 1, stdout: '', stderr: `bide: ${name} ${sentence}\n` });
    });
  }
});

/** Libraries of libc's. */
const EMULATED = ['signal', 'process-clocks', 'getpid', 'mman'].map((name) => `-lwasi-emulated-${name}`);
const COMMON = ['--stack-first', '-zstack-size=131072', '--wrap=fcntl', ...EMULATED, '--wrap=vfprintf', '--wrap=__floatscan', '--wrap=strftime', '--undefined=bide__linked'];

/** The lines that are printed. The library's path is cut to its target. @param {string[]} args */
function flags(...args) {
  const { status, stdout, stderr } = bide(['link', '--flags', ...args]);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout.replace(/^-L.*\/lib\/(js|wasi)\/\w+$/m, '-L$1').split('\n').slice(0, -1);
}

describe('bide link --flags', () => {
  const js = ['--undefined=bide__js_flush', '--entry=_initialize'], main = '--undefined=bide__js_start', call = '--undefined=bide__js_call', asks = '--undefined=bide__js_asks', stream = '--undefined=bide__js_stream_start', alloc = '--undefined=bide__js_alloc', library = ['-Ljs', '-lbide'];

  it('prints an option a line: what is the same for all targets', () => {
    assert.deepEqual(flags(), COMMON);
  });

  it('prints what a target needs, and where its library is', () => {
    assert.deepEqual(flags('--target', 'wasi'), [...COMMON, '-Lwasi', '-lbide']);
    assert.deepEqual(flags('--target', 'js'), [...COMMON, ...js, alloc, main, call, asks, stream, ...library]);
  });

  it('exports for JavaScript what the objects mark', () => {
    for (const file of ['workers.o', 'libworkers.a']) {
      assert.deepEqual(flags('--target', 'js', file), [...COMMON, ...js, alloc, main, call, '--export=twice', ...library]);
      assert.deepEqual(flags('--target', 'wasi', file), [...COMMON, '-Lwasi', '-lbide']);
      assert.deepEqual(flags(file), [...COMMON, '--export=twice']);
    }
  });

  it('links the tree of tasks with -g', () => {
    assert.deepEqual(flags('-g'), [...COMMON, '--undefined=bide_dump']);
  });

  it('speaks as a compiler wants it', () => {
    const through = (/** @type {string} */ flag) => (flag.startsWith('-l') ? flag : `-Wl,${flag}`);
    assert.deepEqual(flags('--driver'), COMMON.map(through));
    assert.deepEqual(flags('--driver', '--target', 'js'), [...[...COMMON, js[0]].map(through), '-mexec-model=reactor', ...[alloc, main, call, asks, stream].map(through), ...library]);
  });

  it('asks for no main if the objects have none', async () => {
    writeFileSync(path('none.o'), await objectOf('no_main'));
    assert.deepEqual(flags('--target', 'js', 'none.o'), [...COMMON, ...js, alloc, call, '--export=answer', ...library]);
  });
});
