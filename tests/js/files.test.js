// The files that load() is given, and what an app does with them.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { load } from '../../js/index.js';
import { buildHigh, buildJs, collector } from './build_js.js';

/** @type {WebAssembly.Module} */
let module;
before(async () => { module = await WebAssembly.compile(await buildJs('files')); });

/** @param {string[]} args  @param {any} [files]  @param {any} [options]  @returns {Promise<any>} the app, after its run, and what it printed */
async function run(args, files, options) {
  const stdout = collector(), stderr = collector();
  const app = await load(module, { args: ['files', ...args], files, stdout, stderr, ...options });
  return { app, code: await app.run(), stdout: stdout.text, stderr: stderr.text };
}

/** What the program finds in a file. @param {any} files  @param {string[]} paths */
const shown = async (files, ...paths) => (await run(['show', ...paths], files)).stdout;

const textOf = async (/** @type {any} */ app, /** @type {string} */ path) => new TextDecoder().decode(await app.readFile(path));

describe('what may be given', () => {
  const bytes = Uint8Array.of(0, 65, 255, 66);
  /** @type {Record<string, [any, string]>} */
  const values = {
    'a text': ['grün', '5 [gr\\c3\\bcn]'],
    'an empty text': ['', '0 []'],
    'a lone surrogate': ['\ud800', '3 [\\ef\\bf\\bd]'],
    'a Uint8Array': [bytes, '4 [\\00A\\ffB]'],
    'a part of one': [bytes.subarray(1, 3), '2 [A\\ff]'],
    'an ArrayBuffer': [bytes.buffer, '4 [\\00A\\ffB]'],
    'a DataView': [new DataView(bytes.buffer, 1, 1), '1 [A]'],
    'a Uint16Array': [Uint16Array.of(0x4241), '2 [AB]'],
    'a SharedArrayBuffer': [new SharedArrayBuffer(2), '2 [\\00\\00]'],
    'a Buffer': [Buffer.from('AB'), '2 [AB]'],
    'a Blob': [new Blob(['A', bytes]), '5 [A\\00A\\ffB]'],
    'a Response': [new Response('AB'), '2 [AB]'],
    'a data: URL': [new URL('data:text/plain,AB'), '2 [AB]'],
  };
  for (const [name, [value, expected]] of Object.entries(values)) {
    it(name, async () => assert.equal(await shown({ '/in/a': value }, '/in/a'), `/in/a: ${expected}\n`));
  }

  it('a URL of a file', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'bide-files-'));
    writeFileSync(join(dir, 'a'), 'AB');
    assert.equal(await shown({ a: pathToFileURL(join(dir, 'a')) }, 'a'), 'a: 2 [AB]\n');
    rmSync(dir, { recursive: true });
    await assert.rejects(run([], { '/gone.txt': pathToFileURL(join(dir, 'a')) }), { message: /^load: files: \/gone\.txt can't be read: ENOENT/ });
  });

  it('nothing: then the program makes its own', async () => {
    const { app, code } = await run(['put', 'made.txt', 'text']);
    assert.deepEqual([code, await textOf(app, '/made.txt')], [0, 'text']);
  });

  it('empty folders', async () => {
    const { app, code } = await run(['put', '/out/a.txt', 'x'], { '/out/': '', '/deep/er/': new Uint8Array() });
    assert.deepEqual([code, app.files(), app.files('/deep'), app.files('/deep/er')], [0, ['deep', 'out'], ['er'], []]);
  });

  it('copies: what becomes of the bytes given, and of the file, is nothing to the other', async () => {
    const given = Uint8Array.of(65, 66);
    const loading = load(module, { args: ['files', 'put', '/b', 'new'], files: { '/a': given, '/b': given } });
    given[0] = 90;
    const app = await loading;
    assert.equal(await textOf(app, '/a'), 'AB');
    await app.run();
    (await app.readFile('/b'))[0] = 90;
    assert.deepEqual([...given], [90, 66]);
    assert.equal(await textOf(app, '/b'), 'new');
  });

  it('constructors find them', async () => assert.equal((await run(['early'], { '/early.txt': 'early' })).stdout, 'early\n'));
});

describe('what may not', () => {
  /** @type {Record<string, any>} */
  const wrong = { 'a number': 5, null: null, undefined, true: true, 'an object': {}, 'an array': ['a'], 'a function': () => 'a', 'a symbol': Symbol('a'), 'a bigint': 1n, 'a promise': Promise.resolve('a') };
  for (const [name, value] of Object.entries(wrong)) {
    it(name, () => assert.rejects(run([], { '/good': 'a', '/in/bad.txt': value }), { name: 'TypeError', message: /^load: files: \/in\/bad\.txt is neither/ }));
  }

  it('a detached buffer', () => {
    const bytes = new Uint8Array(2);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return assert.rejects(run([], { '/bad.txt': bytes }), { name: 'TypeError', message: /^load: files: \/bad\.txt can't be read: .*detached/ });
  });

  it('a Blob that can\'t be read, a Response that failed', async () => {
    const broken = Object.assign(new Blob(['a']), { arrayBuffer: () => Promise.reject(new Error('gone')) });
    await assert.rejects(run([], { '/bad.txt': broken }), { message: 'load: files: /bad.txt can\'t be read: gone' });
    await assert.rejects(run([], { '/bad.txt': new Response('a', { status: 404, statusText: 'Not Found' }) }), { message: /^load: files: \/bad\.txt can't be read: .*404 Not Found/ });
  });

  /** @type {Record<string, [string, any]>} */
  const paths = {
    'a folder that has a file in it': ['/a', { '/a/b': 'x', '/a': 'y' }],
    'a file in a file': ['/a/b', { '/a': 'y', '/a/b': 'x' }],
    'the root': ['/', { '/': 'x' }],
    'a text for a folder': ['/a/', { '/a/': 'x' }],
    'no path': ['', { '': 'x' }],
    'dots': ['/a/..', { '/a/..': 'x' }],
    'a NUL': ['/a\0b', { '/a\0b': 'x' }],
  };
  for (const [name, [path, files]] of Object.entries(paths)) {
    it(name, () => assert.rejects(run([], files), (/** @type {any} */ error) => error instanceof TypeError && error.message.startsWith(`load: files: ${path}: `)));
  }

  for (const files of ['/a', 5, null, ['/a'], new Map([['/a', 'x']]), () => {}]) {
    it(`${Object.prototype.toString.call(files)} for all of them`, () => assert.rejects(run([], files), { name: 'TypeError', message: /^load: `files` is an object/ }));
  }

  it('preopens at the same time', () => assert.rejects(run([], {}, { preopens: { '/': '.' } }), { name: 'TypeError', message: /`files` and `preopens`/ }));
});

describe('paths', () => {
  it('begin at the root, and don\'t leave it', async () => {
    assert.equal(await shown({ 'in/a': 'A', '../../b': 'B', '/c//d/./../e': 'C' }, '/in/a', 'in/../b', '../../../b', './c/e', '/in/'),
      '/in/a: 1 [A]\nin/../b: 1 [B]\n../../../b: 1 [B]\n./c/e: 1 [C]\n/in/: 0 []\n');
  });

  it('are UTF-8', async () => {
    const { app, stdout } = await run(['names']);
    assert.deepEqual([stdout, app.files()], ['-1 1, 0\n', ['été']]);
    assert.equal(await shown({ '/é\ud800': 'x' }, '/é\ufffd'), '/é\ufffd: 1 [x]\n');
  });

  it('with a name twice: the later one counts', async () => assert.equal(await shown({ '/a': '1', a: '2' }, '/a'), '/a: 1 [2]\n'));
});

describe('app', () => {
  it('readFile and files read after the end what the program has made', async () => {
    const { app } = await run(['put', '/out/b.txt', 'text'], { '/out/a.txt': 'A', '/out/c/d': 'D' });
    assert.deepEqual(app.files('/out'), ['a.txt', 'b.txt', 'c']);
    assert.deepEqual(app.files('out/c/'), ['d']);
    assert.deepEqual(app.files(), ['out']);
    const read = await app.readFile('/out/b.txt');
    assert.ok(read instanceof Uint8Array);
    assert.deepEqual([...read], [...Buffer.from('text')]);
  });

  it('what was left open is written at the end; at a trap, too', async () => {
    assert.equal(await textOf((await run(['left', '/a'])).app, '/a'), 'not closed');
    const app = await load(module, { args: ['files', 'trap', '/a'], stderr() {} });
    await assert.rejects(app.run(), { code: 'TRAP' });
    assert.equal(await textOf(app, '/a'), 'before');
  });

  it('writeFile gives files to a program, before it runs and while it does', async () => {
    const app = await load(module);
    await app.writeFile('/log.txt', 'a');
    assert.equal(await app.exports.append(98), 0);
    await app.writeFile('/new/folder/file', new Blob(['blob']));
    await app.writeFile('/new/empty/', '');
    assert.equal(await app.exports.append(99), 0);
    assert.equal(await textOf(app, 'log.txt'), 'abc');
    assert.equal(await textOf(app, 'new/folder/file'), 'blob');
    assert.deepEqual(app.files('new/empty'), []);
    await app.writeFile('/log.txt', 'short');
    assert.equal(await app.exports.append(33), 0);
    assert.equal(await textOf(app, 'log.txt'), 'short!');
  });

  it('imports may read and write files before the program starts', async () => {
    const app = await load(module, { imports: async (given) => {
      await given.writeFile('/early.txt', 'from imports');
      return {};
    } });
    assert.deepEqual(app.files(), ['early.txt']);
  });

  it('refuses paths as POSIX does', async () => {
    const { app } = await run([], { '/in/a.txt': 'A' });
    const refused = (/** @type {string} */ code, /** @type {string} */ path) => ({ name: 'Error', code, path, message: new RegExp(`^${code}: ${path}: `) });
    await assert.rejects(app.readFile('/gone.txt'), refused('ENOENT', '/gone.txt'));
    await assert.rejects(app.readFile('/in'), refused('EISDIR', '/in'));
    await assert.rejects(app.readFile('/in/a.txt/b'), refused('ENOTDIR', '/in/a.txt/b'));
    await assert.rejects(app.readFile(''), refused('ENOENT', ''));
    await assert.rejects(app.writeFile('/in', 'x'), refused('EISDIR', '/in'));
    await assert.rejects(app.writeFile('/in/a.txt/b', 'x'), refused('ENOTDIR', '/in/a.txt/b'));
    await assert.rejects(app.writeFile('/a\0b', 'x'), { code: 'EINVAL' });
    assert.throws(() => app.files('/gone'), refused('ENOENT', '/gone'));
    assert.throws(() => app.files('/in/a.txt'), refused('ENOTDIR', '/in/a.txt'));
    await assert.rejects(app.writeFile('/b', 5), { name: 'TypeError', message: /^app\.writeFile: \/b is neither/ });
    await assert.rejects(app.readFile(5), { name: 'TypeError', message: 'a path is a string' });
    await assert.rejects(app.writeFile(undefined, 'x'), { name: 'TypeError', message: 'a path is a string' });
    assert.deepEqual(app.files(), ['in']);
  });

  it('sync has nothing to do without handles', async () => assert.equal(await (await run([])).app.sync(), undefined));

  it('of a program with preopens has no files of its own', async () => {
    const app = await load(module, { preopens: { '/': tmpdir() } });
    const refused = { code: 'ERUNTIME', message: /preopens/ };
    await assert.rejects(app.readFile('/a'), refused);
    await assert.rejects(app.writeFile('/a', ''), refused);
    await assert.rejects(app.sync(), refused);
    assert.throws(() => app.files(), refused);
  });
});

describe('files', () => {
  it('may be larger than the memory', async () => {
    const { app, stdout } = await run(['large', '/a']);
    const memory = Number(/memory (\d+)/.exec(stdout)?.[1]);
    assert.match(stdout, new RegExp(`^${(255 * 128) * 4 * 16}, `));
    const bytes = await app.readFile('/a');
    assert.ok(bytes.length === 2 ** 26 && memory < 2 ** 24, `${memory}`);
    assert.deepEqual([bytes[2 ** 26 - 1], bytes[3 * 2 ** 16]], [255, 3]);
  });

  it('that can\'t be as large as they should stay as they are', async () => {
    const { app, stdout } = await run(['too large', '/a']);
    assert.equal(stdout, '-1 No space left on device\n-1 Value too large for data type\n-1 No space left on device, 5\n');
    assert.equal(await textOf(app, '/a'), 'stays');
  });

  it('have times', async () => {
    const { code, stdout } = await run(['times', '/a'], { '/a': new File(['x'], 'a', { lastModified: 1_234_567_890_123 }) });
    assert.deepEqual([code, stdout], [0, '1234567890.123000000\n5.123456789 1.987654321\n5.123456789, 1\n1\n']);
  });

  it('live on without a name while they are open', async () => {
    const { app, stdout } = await run(['nameless', '/a']);
    assert.deepEqual([stdout, [...await app.readFile('/a')]], ['4 kept, again 1\n', []]);
  });

  it('are read by tasks', async () => {
    const { code, stdout, stderr } = await run(['read', '/a'], { '/a': 'from a file' });
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'poll 1, from a file\n', stderr: '' });
  });

  it('are read into memory above 2 GiB, and written from there', async () => {
    const high = await WebAssembly.compile(await buildHigh('files')), stdout = collector();
    const app = await load(high, { args: ['files', 'show', '/in/a', '/none'], files: { '/in/a': 'high' }, stdout });
    await app.run();
    assert.equal(stdout.text, '/in/a: 4 [high]\n/none: No such file or directory\n');
    const writing = await load(high, { args: ['files', 'put', '/in/b', 'low'] });
    await writing.writeFile('/in/', '');
    assert.equal(await writing.run(), 0);
    assert.equal(await textOf(writing, '/in/b'), 'low');
  });
});
