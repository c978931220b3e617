// Bad input at the border to JavaScript: the same errors in each engine.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from './support/paths.js';
import { mustRun, runProcess } from './support/process.js';
import { findTool, skipWithout } from './support/tools.js';
import { launch, withPage } from './web/browser.js';
import { mounts } from '../web/pages.js';
import { serveSite } from '../web/site.js';

/** @typedef {import('./support/bad_input.js').Outcome} Outcome */

/** What each host runs. */
const SCRIPT = "import { load } from './app.mjs';\nimport { badInput } from './bad_input.js';\nexport const outcomes = badInput((options) => load({ env: { BIDE_VIRTUAL_TIME: '1' }, ...options }));\n";
const PRINT = "import { outcomes } from './script.mjs';\nprocess.stdout.write(JSON.stringify(await outcomes));\n";
const SHOW = "import { outcomes } from './script.mjs';\nwindow.outcomes = outcomes;\n";

describe('bad input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bide-bad-input-'));
  before(async () => {
    await mustRun(process.execPath, ['js/cli/main.js', 'build', 'tests/js/programs/bad_input.c', '-o', folder], { cwd: root });
    cpSync(join(root, 'tests/support/bad_input.js'), join(folder, 'bad_input.js'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const [name, text] of Object.entries({ 'script.mjs': SCRIPT, 'print.mjs': PRINT, 'show.js': SHOW })) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'index.html'), '<!doctype html><link rel="icon" href="/icon.svg"><title>bad input</title>');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** @param {Outcome[]} outcomes */
  function check(outcomes) {
    assert.deepEqual(outcomes.map(({ name, came }) => [name, came]), outcomes.map(({ name, due }) => [name, due]));
    assert.ok(outcomes.length > 40);
  }

  it('in this Node', async () => {
    check(await (await import(pathToFileURL(join(folder, 'script.mjs')).href)).outcomes);
  });

  it('in Node 26', { skip: skipWithout('node26') }, async () => {
    const { code, stdout, stderr } = await runProcess(findTool('node26').path ?? '', [join(folder, 'print.mjs')], { timeout: 120_000 });
    assert.deepEqual([code, stderr], [0, '']);
    check(JSON.parse(stdout));
  });

  it('in Chromium', { skip: skipWithout('chromium') }, async () => {
    const site = await serveSite({ ...mounts, '/bad/': folder }, 0), browser = await launch();
    try {
      await withPage(browser, `${site.url}bad/index.html`, async (page) => {
        await page.addScriptTag({ url: 'show.js', type: 'module' });
        check(await page.evaluate(() => /** @type {any} */ (window).outcomes));
      });
    } finally {
      await browser.close();
      await site.close();
    }
  });
});
