// The policy that the pages are served under is in force, and what `bide build --html` makes works under it.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { JUMPS } from '../link/linked.js';
import { root } from '../support/paths.js';
import { mustRun } from '../support/process.js';
import { skipWithout } from '../support/tools.js';
import { mounts } from '../../web/pages.js';
import { serveSite } from '../../web/site.js';
import { launch, screenshot, waitForText, withPage } from './browser.js';

describe('strict policy', { skip: skipWithout('chromium') }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  const folder = mkdtempSync(join(tmpdir(), 'bide-html-'));

  before(async () => {
    site = await serveSite({ ...mounts, '/policy/': fileURLToPath(new URL('policy', import.meta.url)), '/built/': folder }, 0);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a page can compile wasm, and can neither eval nor run inline scripts', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.url}policy/`);
    const result = JSON.parse(await page.locator('#result').textContent() ?? '');
    assert.deepEqual(result, { eval: 'refused', Function: 'refused', inline: 'refused', style: 'refused', wasm: 'allowed' });
    await page.close();
  });

  test('what bide build --html makes opens and prints', async () => {
    await build('hello', 'examples/hello.c');
    await withPage(browser, `${site.url}built/hello/`, async (page) => {
      await waitForText(page, 'status', 'exit 0');
      assert.equal(await page.locator('#terminal').textContent(), 'Hello!\n');
      await screenshot(page, 'built-hello');
    });
  });

  test('longjmp works in a page', async () => {
    await build('jumps', 'tests/link/programs/jumps.c');
    await withPage(browser, `${site.url}built/jumps/`, async (page) => {
      await waitForText(page, 'status', 'exit 0');
      assert.equal(await page.locator('#terminal').textContent(), JUMPS);
    });
  });

  test('what bide build --html makes shows stderr, arguments and the exit code', async () => {
    const source = join(folder, 'ends.c');
    writeFileSync(source, `
      #include <bide.h>
      #include <stdio.h>
      static int fails(void *arg) {
          BIDE_TRY(bide_sleep(0.01));
          return bide_raise(BIDE_EVALUE, "no such thing: %s", (const char *)arg);
      }
      int main(int argc, char **argv) { return bide_main(fails, argv[argc - 1]); }
    `);
    await build('ends', source);
    await withPage(browser, `${site.url}built/ends/?arg=ends&arg=%C3%A9clair`, async (page) => {
      await waitForText(page, 'status', 'exit 1');
      assert.match(await page.locator('#terminal .err').first().textContent() ?? '', /ValueError: no such thing: éclair/);
    });
  });

  /** @param {string} name  of the folder  @param {string} source */
  function build(name, source) {
    return mustRun(process.execPath, ['js/cli/main.js', 'build', '--target', 'js', '--html', '-o', join(folder, name), source], { cwd: root });
  }
});
