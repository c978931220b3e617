// Files in a page: those that bide build --files puts beside app.mjs, and those of the browser's own file system.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../support/paths.js';
import { mustRun } from '../support/process.js';
import { skipWithout } from '../support/tools.js';
import { mounts } from '../../web/pages.js';
import { serveSite } from '../../web/site.js';
import { launch, waitForText, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

describe('files in a page', { skip: skipWithout('chromium') }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  const folder = mkdtempSync(join(tmpdir(), 'bide-web-files-'));

  before(async () => {
    mkdirSync(join(folder, 'given/deep er'), { recursive: true });
    writeFileSync(join(folder, 'given/a.txt'), 'given');
    writeFileSync(join(folder, 'given/deep er/50% #1?.txt'), 'strange');
    await build('ops', 'tests/js/programs/file_ops.c', '--files', join(folder, 'given'));
    await build('show', 'tests/js/programs/files.c', '--html', '--files', join(folder, 'given'));
    site = await serveSite({ ...mounts, '/built/': folder }, 0);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param {string} name  @param {string[]} args */
  const build = (name, ...args) => mustRun(process.execPath, ['js/cli/main.js', 'build', ...args, '-o', join(folder, name)], { cwd: root });

  test('bide build --files: the page of --html finds them, under its policy', () => (
    withPage(browser, `${site.url}built/show/?arg=show&arg=given/a.txt&arg=/given/deep er/50% %231?.txt`.replace('50% ', '50%25 '), async (page) => {
      await waitForText(page, 'status', 'exit 0');
      assert.equal(await page.locator('#terminal').textContent(), 'given/a.txt: 5 [given]\n/given/deep er/50% #1?.txt: 7 [strange]\n');
    })));

  /** Do something in a page of ours, which has a file system to itself, and no other files than those that are given.
   *  @template T  @param {(tools: any) => Promise<T>} work  runs in the page  @returns {Promise<T>} */
  async function inPage(work) {
    /** @type {T[]} */
    const results = [];
    await withPage(browser, `${site.url}built/ops/blank.html`, async (page) => {
      await page.addScriptTag({ url: 'tools.js', type: 'module' });
      results.push(await page.evaluate(`(${work})(window.tools)`));
    });
    return results[0];
  }

  before(() => {
    writeFileSync(join(folder, 'ops/blank.html'), '<!doctype html><link rel="icon" href="/icon.svg"><title>blank</title>');
    writeFileSync(join(folder, 'ops/tools.js'), TOOLS);
    writeFileSync(join(folder, 'ops/tools.txt'), 'tools');
  });

  test('what may be given, and what not; what the program made is read after its end', async () => {
    const { printed, list, made, refused } = await inPage(async ({ run, load }) => {
      const bytes = Uint8Array.of(65, 66);
      const files = {
        text: 'grün', bytes, buffer: bytes.buffer, part: new DataView(bytes.buffer, 1), blob: new Blob(['bl', 'ob']), file: new File(['file'], 'name'),
        url: new URL('tools.txt', location.href), response: await fetch('tools.txt'), 'empty/': '',
      };
      const { app, printed } = await run(files, `${Object.keys(files).map((name) => `stat ${name}`).join('\n')}\nopen @0 new wc\nwrite @0 made\n`);
      const refused = [];
      for (const wrong of [{ files: { '/bad.txt': 5 } }, { files: { '/bad.txt': document } }, { files: [] }, { files: {}, preopens: {} }]) {
        refused.push(await load(wrong).catch((/** @type {Error} */ error) => `${error.name}: ${error.message}`));
      }
      return { printed, list: app.files(), made: new TextDecoder().decode(await app.readFile('/new')), refused };
    });
    assert.deepEqual(printed.match(/(?<=: )(file of \d+|folder)/g), ['5', '2', '2', '1', '4', '4', '5', '5'].map((size) => `file of ${size}`).concat('folder'));
    assert.deepEqual(list, ['blob', 'buffer', 'bytes', 'empty', 'file', 'given', 'new', 'part', 'response', 'text', 'url']);
    assert.equal(made, 'made');
    const starts = ['TypeError: load: files: /bad.txt is neither', 'TypeError: load: files: /bad.txt is neither', 'TypeError: load: `files` is an object', 'TypeError: load: `files` and'];
    for (const [k, start] of starts.entries()) assert.ok(refused[k].startsWith(start), refused[k]);
  });

  test('a directory handle is read, and written back by sync: files made, changed, moved and removed', async () => {
    const { printed, before, after, again } = await inPage(async ({ fill, run, dump }) => {
      const disk = await fill('disk', { 'keep.txt': 'keep', 'old.txt': 'old', 'sub/inner.txt': 'inner', 'sub/gone.txt': 'x', 'gone/y.txt': 'y', 'swap': 'a file', 'turn/z.txt': 'z' });
      const { app, printed } = await run({ '/disk': disk }, `list /disk
stat /disk/keep.txt
open @0 /disk/sub/inner.txt rwa
write @0 -more
open @1 /disk/new.txt rwc
write @1 new
mkdir /disk/made
mkdir /disk/made/deep
open @2 /disk/made/deep/file wc
write @2 deep
rename /disk/old.txt /disk/sub/moved.txt
unlink /disk/sub/gone.txt
unlink /disk/gone/y.txt
rmdir /disk/gone
unlink /disk/swap
mkdir /disk/swap
unlink /disk/turn/z.txt
rmdir /disk/turn
open @3 /disk/turn wc
write @3 turned
symlink new.txt /disk/link
rmdir /disk
rename /disk /elsewhere
`);
      const before = await dump(disk);
      await fill('disk', { 'added.txt': 'by somebody else', 'sub/too.txt': 'too' });
      await app.sync();
      const after = await dump(disk);
      const next = await run({ '/disk': disk }, 'list /disk\nlist /disk/sub\n');
      return { printed, before, after, again: next.printed };
    });
    assert.deepEqual(printed.split('\n').filter((line) => /list|stat|: E/.test(line)), [
      'list /disk: . .. gone keep.txt old.txt sub swap turn', 'stat /disk/keep.txt: file of 4, 1 links',
      'rmdir /disk: EBUSY', 'rename /disk /elsewhere: EBUSY',
    ]);
    assert.deepEqual(before, { 'gone/y.txt': 'y', 'keep.txt': 'keep', 'old.txt': 'old', 'sub/gone.txt': 'x', 'sub/inner.txt': 'inner', swap: 'a file', 'turn/z.txt': 'z' });
    assert.deepEqual(after, {
      'added.txt': 'by somebody else', 'keep.txt': 'keep', 'made/deep/file': 'deep', 'new.txt': 'new', 'sub/inner.txt': 'inner-more',
      'sub/moved.txt': 'old', 'sub/too.txt': 'too', 'swap/': '', turn: 'turned',
    });
    assert.equal(again, 'list /disk: . .. added.txt keep.txt made new.txt sub swap turn\nlist /disk/sub: . .. inner.txt moved.txt too.txt\n');
  });

  test('sync writes what the program has changed, and nothing else', async () => {
    const result = await inPage(async ({ fill, run, dump }) => {
      const disk = await fill('few', { 'a.txt': 'a', 'b.txt': 'b' });
      const { app } = await run({ '/disk': disk }, 'stat /disk/a.txt\n');
      const changes = async (/** @type {string} */ path, /** @type {string} */ text) => {
        await fill('few', { 'a.txt': 'by somebody else', 'b.txt': 'by somebody else' });
        await app.writeFile(path, text);
        await app.sync();
        return dump(disk);
      };
      return [await changes('/disk/a.txt', 'A'), await changes('/disk/b.txt', 'B'), await changes('/elsewhere', '')];
    });
    const other = 'by somebody else';
    assert.deepEqual(result, [{ 'a.txt': 'A', 'b.txt': other }, { 'a.txt': other, 'b.txt': 'B' }, { 'a.txt': other, 'b.txt': other }]);
  });

  test('a file handle, replaced by a rename', async () => {
    const result = await inPage(async ({ fill, run, dump }) => {
      const disk = await fill('one', { 'a.txt': 'a', 'b.txt': 'b' });
      const files = { '/in/a.txt': await disk.getFileHandle('a.txt'), '/in/b.txt': await disk.getFileHandle('b.txt') };
      const { app, printed } = await run(files, 'open @0 /in/new wc\nwrite @0 replaced\nrename /in/new /in/a.txt\nunlink /in/b.txt\nopen @1 /in/a.txt r\nread @1 99\n');
      await app.sync();
      return [printed.split('\n').at(-2), await dump(disk)];
    });
    assert.deepEqual(result, ['read @1 99: 8 [replaced]', { 'a.txt': 'replaced', 'b.txt': 'b' }]);
  });

  test('a handle for the root, and files beside it', async () => {
    const result = await inPage(async ({ fill, run, dump }) => {
      const disk = await fill('whole', { 'a.txt': 'a', 'in/b.txt': 'b' });
      const { app } = await run({ '/in/b.txt': 'given', '/': disk, '/in/c.txt': 'c' }, 'stat /a.txt\n');
      await app.sync();
      return [app.files('/'), await dump(disk)];
    });
    assert.deepEqual(result, [['a.txt', 'given', 'in'], { 'a.txt': 'a', 'given/a.txt': 'given', 'given/deep er/50% #1?.txt': 'strange', 'in/b.txt': 'given', 'in/c.txt': 'c' }]);
  });

  test('what can\'t be written rejects with the browser\'s error, and is written the next time', async () => {
    const result = await inPage(async ({ fill, run, dump }) => {
      const disk = await fill('locked', { 'a.txt': 'a' });
      const { app } = await run({ '/disk': disk }, 'stat /disk\n');
      await app.writeFile('/disk/a.txt', 'A');
      await app.writeFile('/disk/b.txt', 'B');
      const lock = await (await disk.getFileHandle('a.txt')).createWritable({ mode: 'exclusive' });
      const name = await app.sync().catch((error) => error.name);
      await lock.abort();
      await Promise.all([app.sync(), app.sync()]);
      return [name, await dump(disk)];
    });
    assert.deepEqual(result, ['NoModificationAllowedError', { 'a.txt': 'A', 'b.txt': 'B' }]);
  });

  test('a handle that is gone', async () => {
    const name = await inPage(async ({ fill, run }) => {
      const disk = await fill('removed', { 'a.txt': 'a' });
      await (await navigator.storage.getDirectory()).removeEntry('removed', { recursive: true });
      return run({ '/disk': disk }, '').catch((/** @type {Error} */ error) => error.name);
    });
    assert.equal(name, 'NotFoundError');
  });
});

/** What the pages have for the tests. */
const TOOLS = `import { load } from './app.mjs';

const textOf = async (handle) => (await handle.getFile()).text();
const reach = async (folder, path, create) => {
  const names = path.split('/'), last = names.pop();
  for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
  return folder.getFileHandle(last, { create });
};

window.tools = {
  load,
  /** A folder of the origin's file system, with these files in it. */
  async fill(name, files) {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
    for (const [path, text] of Object.entries(files)) {
      const out = await (await reach(folder, path, true)).createWritable();
      await out.write(text);
      await out.close();
    }
    return folder;
  },
  /** Run the program. */
  async run(files, stdin) {
    let printed = '';
    const app = await load({ files, stdin, stdout: (chunk) => { printed += chunk; } });
    await app.run();
    return { app, printed };
  },
  /** All files below a folder; an empty folder's name ends with a slash. */
  async dump(folder, prefix = '', found = {}) {
    const all = [];
    for await (const one of folder.values()) all.push(one);
    for (const one of all.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (one.kind === 'file') found[prefix + one.name] = await textOf(one);
      else await tools.dump(one, prefix + one.name + '/', found);
    }
    if (!all.length && prefix) found[prefix] = '';
    return found;
  },
};
`;
