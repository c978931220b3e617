// Bundlers take the folder of bide build --files along, since app.mjs names each of its files.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { BUNDLERS } from '../anywhere/bundlers.js';
import { writeIn } from '../anywhere/project.js';
import { root } from '../support/paths.js';
import { mustRun } from '../support/process.js';
import { skipWithout } from '../support/tools.js';
import { mounts } from '../../web/pages.js';
import { serveSite } from '../../web/site.js';
import { launch } from './browser.js';

/** Vite makes a data: URL of a smaller one, which the policy of the page refuses. */
const TEXT = 'given '.repeat(1000);

const MAIN = `import { load } from './app.mjs';
const app = await load();
const sizes = ['/given/a.txt', '/given/in/b c.txt'].map(async (path) => (await app.readFile(path)).length);
const told = await Promise.all(sizes).then((all) => all.join(' '), String);
document.documentElement.append(Object.assign(document.createElement('output'), { textContent: told }));
`;

const [major, minor] = process.versions.node.split('.').map(Number);
const tooOld = (major < 20 || (major === 20 && minor < 19)) && `Vite needs Node 20.19, this is ${process.version}`;

describe('bundled files', { skip: skipWithout('chromium') || tooOld }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  const folder = mkdtempSync(join(tmpdir(), 'bide-bundled-'));

  before(async () => {
    writeIn(folder, 'given/a.txt', TEXT);
    writeIn(folder, 'given/in/b c.txt', TEXT + TEXT);
    await mustRun(process.execPath, ['js/cli/main.js', 'build', 'examples/js/files.c', '--files', join(folder, 'given'), '-o', join(folder, 'app')], { cwd: root });
    writeIn(folder, 'app/main.js', MAIN);
    site = await serveSite({ ...mounts, '/out/': join(folder, 'out') }, 0);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    it(name, { timeout: 120_000 }, async () => {
      const project = join(folder, name), output = join(folder, 'out', name);
      cpSync(join(folder, 'app'), project, { recursive: true });
      assert.deepEqual(await bundle(project, output), []);
      if (name === 'esbuild') cpSync(join(folder, 'given'), join(output, 'given'), { recursive: true });
      const page = await browser.newPage();
      await page.goto(`${site.url}out/${name}/index.html`);
      assert.equal(await page.locator('output').textContent(), `${TEXT.length} ${2 * TEXT.length}`);
      await page.close();
    });
  }
});
