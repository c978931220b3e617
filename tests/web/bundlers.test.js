// Bundlers take the package, and what `bide build` makes, without a word. The pages that they make run.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { installPackage } from '../support/package.js';
import { root } from '../support/paths.js';
import { mustRun } from '../support/process.js';
import { skipWithout } from '../support/tools.js';
import { mounts } from '../../web/pages.js';
import { serveSite } from '../../web/site.js';
import { launch, waitForText, withPage } from './browser.js';

/** What the projects import, and how they then load the program. @type {Record<string, [string, string]>} */
const PROJECTS = {
  'the package': ['bide', "new URL('./app.wasm', import.meta.url), "],
  'app.mjs': ['./app.mjs', ''],
};

/** @param {[string, string]} project  @returns {string} its main.js */
const mainOf = ([name, source]) => `import { load } from '${name}';
const show = (id, text) => { document.getElementById(id).textContent += text; };
load(${source}{ stdout: (chunk) => show('terminal', chunk) }).then((app) => app.run()).then((code) => show('status', 'exit ' + code));
`;

/** Every project, bundled by every bundler. */
const PAGES = ['esbuild', 'vite', 'webpack'].flatMap((bundler) => Object.keys(PROJECTS).map((project) => (
  { bundler, project, path: `${bundler}/${project.replace(/\W/g, '-')}` })));

const [major, minor] = process.versions.node.split('.').map(Number);
const tooOld = (major < 20 || (major === 20 && minor < 19)) && `Vite needs Node 20.19, this is ${process.version}`;

describe('bundlers', { skip: tooOld }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bide-bundlers-'));

  before(async () => {
    await installPackage(folder);
    await mustRun(process.execPath, ['js/cli/main.js', 'build', 'examples/hello.c', '-o', join(folder, 'hello')], { cwd: root });
    for (const [name, project] of Object.entries(PROJECTS)) {
      cpSync(join(folder, 'hello'), join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, 'main.js'), mainOf(project));
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { bundler, project, path } of PAGES) {
    it(`${bundler} bundles ${project}`, { timeout: 120_000 }, async () => {
      const { BUNDLERS } = await import('./bundle.js');     // an old Node can't load Vite
      assert.deepEqual(await BUNDLERS[bundler](join(folder, project), join(folder, 'pages', path)), []);
    });
  }

  it('vite serves app.mjs in development', { timeout: 120_000 }, async () => {
    const { serveByVite } = await import('./bundle.js');
    assert.deepEqual(await serveByVite(join(folder, 'app.mjs'), ['/main.js', '/app.mjs']), []);
  });

  describe('their pages', { skip: skipWithout('chromium') }, () => {
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serveSite>>} */
    let site;

    before(async () => {
      site = await serveSite({ ...mounts, '/bundled/': join(folder, 'pages') }, 0);
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await site?.close();
    });

    for (const { bundler, project, path } of PAGES) {
      it(`${bundler}, ${project}`, () => withPage(browser, `${site.url}bundled/${path}/`, async (page) => {
        await waitForText(page, 'status', 'exit 0');
        assert.equal(await page.locator('#terminal').textContent(), 'Hello!\n');
      }));
    }
  });
});
