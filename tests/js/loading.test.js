// The examples that load one program in Node, Deno, Bun, workerd, and a page with a worker.

import assert from 'node:assert/strict';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { ask, withWorkerd } from '../anywhere/workerd.js';
import { buildDir, root } from '../support/paths.js';
import { mustRun } from '../support/process.js';
import { findTool, skipWithout } from '../support/tools.js';
import { launch, waitForText, withPage } from '../web/browser.js';
import { serveSite } from '../../web/site.js';
import { COMMAND } from './cli_support.js';

const folder = buildDir('loading');

/** @type {[import('../support/tools.js').Name, string[]][]} */
const PROCESSES = [['node20', []], ['node26', []], ['deno', ['run', '-A', '--cached-only']], ['bun', []]];

describe('examples/js/loading', () => {
  before(async () => {
    await mustRun(process.execPath, [COMMAND, 'build', 'examples/js/greet.c', '-o', folder], { cwd: root });
    cpSync(join(root, 'examples/js/loading'), folder, { recursive: true });
    copyFileSync(join(root, 'web/pages/icon.svg'), join(folder, 'icon.svg'));
  });

  for (const [tool, args] of PROCESSES) {
    it(tool, { skip: skipWithout(tool) }, async () => {
      const { stdout } = await mustRun(findTool(tool).path ?? '', [...args, join(folder, 'node.mjs')], { env: { DENO_NO_UPDATE_CHECK: '1' } });
      assert.equal(stdout, 'hello Ada, 1 times\n');
    });
  }

  it('workerd', { skip: skipWithout('workerd') }, () => (
    withWorkerd(folder, 'greet', { 'workerd.js': 'workerd.js', 'app.mjs': 'app.mjs', 'app.wasm': 'app.wasm' }, async (url) => {
      assert.deepEqual(await Promise.all([ask(`${url}?name=Ada`), ask(url)]), ['hello Ada, 1 times', 'hello nobody, 1 times']);
    })));

  it('a page, and its worker', { skip: skipWithout('chromium') }, async () => {
    const site = await serveSite({ '/': folder }, 0), browser = await launch();
    try {
      await withPage(browser, `${site.url}page.html`, async (page) => {
        await waitForText(page, 'here', 'hello Ada, 1 times');
        await waitForText(page, 'there', 'hello Grace, 1 times');
      });
    } finally {
      await browser.close();
      await site.close();
    }
  });
});
