// The pages of web/ in a real browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../support/paths.js';
import { skipWithout } from '../support/tools.js';
import { buildDemos } from '../../web/build.js';
import { mounts } from '../../web/pages.js';
import { serveSite } from '../../web/site.js';
import { launch, PHONE, screenshot, terminalLines, waitForText, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

describe('pages', { skip: skipWithout('chromium') }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;

  before(async () => {
    await buildDemos();
    site = await serveSite(mounts, 0);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  /** @param {string} name  @param {(page: Page) => Promise<void>} visit  @param {object} [screen] */
  const open = (name, visit, screen) => withPage(browser, site.url + name, visit, screen);

  test('index: leads to every demo', () => open('', async (page) => {
    const links = page.locator('.cards a');
    const targets = await links.evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.deepEqual(targets, ['countasync.html', 'worker.html', 'race.html', 'cancel.html', 'events.html']);
    await waitForText(page, 'source', 'bide_sleep(1.0)');
    await screenshot(page, 'index');
    await links.first().click();
    await waitForText(page, 'status', /running|exit/);
  }));

  test('index: leads to what bide build --html makes', () => open('', async (page) => {
    await page.click('a[href="apps/hello/"]');
    await waitForText(page, 'terminal', 'Hello!');
  }));

  for (const name of ['countasync', 'worker']) {
    test(`${name}: prints in the page what it prints elsewhere`, () => open(`${name}.html`, async (page) => {
      await waitForText(page, 'status', 'exit 0');
      const expected = expectedLines(name);
      const [prompt, ...printed] = await terminalLines(page);
      assert.equal(prompt, `$ ${name}`);
      assert.equal(withoutFigures(printed), withoutFigures(expected));
      await waitForText(page, 'source', 'bide_main');
      await screenshot(page, name);
    }));
  }

  test('countasync: takes a second, in real time', () => open('countasync.html', async (page) => {
    await waitForText(page, 'status', 'exit 0');
    const times = await page.locator('#terminal .line').evaluateAll((lines) => lines.map((line) => parseFloat(line.dataset.time ?? '')));
    const seconds = times[times.length - 1] - times[1];
    assert.ok(seconds >= 0.99, `from the first One to the end it took ${seconds} s`);
  }));

  test('worker: runs again, with times of its own', () => open('worker.html', async (page) => {
    await waitForText(page, 'status', 'exit 0');
    await page.click('#random');
    await waitForText(page, 'terminal', /\$ worker --random \d+/);
    await waitForText(page, 'status', /running/);
    await waitForText(page, 'status', 'exit 0');
    assert.match((await terminalLines(page)).join('\n'), /[23] tasks are pending\./);   // 3: all are slower than the timeout
  }));

  test('worker: Ctrl-C ends it', () => open('worker.html', async (page) => {
    await waitForText(page, 'terminal', 'Worker 2 started');
    await page.click('#interrupt');
    await waitForText(page, 'status', 'exit 130');
    assert.doesNotMatch((await terminalLines(page)).join('\n'), /finished/);
  }));

  test('race: the page paints while a thousand tasks run', () => open('race.html', async (page) => {
    await page.click('#start');
    const early = await figures(page, ({ wakeups }) => wakeups > 2000);
    const later = await figures(page, ({ frames, wakeups }) => frames > early.frames + 20 && wakeups > early.wakeups + 2000);
    assert.equal(await page.locator('#status').textContent(), 'running');
    assert.ok(later.finished < 1000, 'painted before all had arrived');
    await figures(page, ({ wakeups }) => wakeups > 100_000);
    await screenshot(page, 'race');
    await waitForText(page, 'status', /all there after .* lane \d+ won/);
    const { wakeups, finished } = await figures(page, (now) => now.finished === 1000);
    assert.deepEqual({ wakeups, finished }, { wakeups: 250_000, finished: 1000 });
    await screenshot(page, 'race-ended');
  }));

  test('race: draws what the tasks have done', () => open('race.html', async (page) => {
    const blank = await picture(page);
    await page.click('#start');
    await figures(page, ({ wakeups }) => wakeups > 20_000);
    assert.notEqual(await picture(page), blank);
  }));

  test('race: answers clicks meanwhile; stops and starts anew', () => open('race.html', async (page) => {
    await page.click('#start');
    await figures(page, ({ wakeups }) => wakeups > 2000);
    await page.click('#stop');
    await waitForText(page, 'status', 'stopped');
    await nextFrames(page, 2);     // what is on the page is a frame old
    const stopped = await figures(page);
    await nextFrames(page, 5);
    assert.equal((await figures(page)).wakeups, stopped.wakeups, 'a cancelled race stands still');
    await page.click('#start');
    await figures(page, ({ wakeups }) => wakeups > 0 && wakeups < stopped.wakeups);
    await figures(page, ({ wakeups }) => wakeups > 2000);
  }));

  test('cancel: a button cancels one task, which cleans up; the other goes on', () => open('cancel.html', async (page) => {
    await page.click('#start');
    await waitForText(page, 'status', '2 tasks in flight');
    const [first, second] = [page.locator('.counter').nth(0), page.locator('.counter').nth(1)];
    await counted(second, 3);
    await first.getByRole('button').click();
    await waitForText(page, 'terminal', 'counter 1: cleaning up');
    await screenshot(page, 'cancel');
    await waitForText(page, 'status', '1 task in flight');
    const count = await number(second);
    await counted(second, count + 3);
    assert.deepEqual(afterStart(await terminalLines(page)), [
      'counter 1: CancelledError', 'counter 1: cleaning up', 'counter 1: clean-up done',
      'count(1) rejected: the button was pressed',
    ]);
  }));

  test('cancel: all at once', () => open('cancel.html', async (page) => {
    await page.click('#start');
    await page.click('#start');
    await waitForText(page, 'status', '3 tasks in flight');
    await page.click('#cancel-all');
    await waitForText(page, 'status', '0 tasks in flight');
    const ends = (await terminalLines(page)).filter((line) => /rejected/.test(line));
    assert.equal(ends.length, 3);
    await page.click('#start');
    await waitForText(page, 'status', '1 task in flight');
  }));

  test('events: C counts clicks in a row, and hands each on', () => open('events.html', async (page) => {
    await waitForText(page, 'shown', '0 clicks');
    await page.click('#button', { position: { x: 5, y: 5 } });
    await waitForText(page, 'shown', '1 click');
    await clickInOneTurn(page, 3);
    await waitForText(page, 'shown', '3 clicks');
    await waitForText(page, 'source', 'addEventListener');
    await screenshot(page, 'events');
    const lines = await terminalLines(page);
    assert.equal(lines.length, 4);
    assert.match(lines[0], /^click at \d+, \d+$/);
  }));

  test('events: C listens until it is cancelled', () => open('events.html', async (page) => {
    await waitForText(page, 'shown', '0 clicks');
    await clickInOneTurn(page, 2);
    await waitForText(page, 'shown', '2 clicks');
    await page.click('#stop');
    await waitForText(page, 'status', 'C has stopped: the button was pressed');
    await page.locator('#button').evaluate((button) => { button.dispatchEvent(new Event('click')); });
    await nextFrames(page, 2);
    assert.equal((await terminalLines(page)).length, 2);
    assert.equal(await page.locator('#shown').textContent(), '2 clicks');
  }));

  for (const name of ['', 'countasync.html', 'worker.html', 'race.html', 'cancel.html', 'events.html']) {
    test(`${name || 'index'}: fits a phone`, () => open(name, async (page) => {
      await settled(page, name);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= PHONE.viewport.width, `the page is ${width} wide`);
      await screenshot(page, `${name.replace('.html', '') || 'index'}-phone`);
    }, PHONE));
  }
});

/** @param {string} name  of an example */
function expectedLines(name) {
  return readFileSync(join(root, `tests/expected/examples/${name}.txt`), 'utf8').trimEnd().split('\n');
}

/** Real time isn't exact to the hundredth of a second. @param {string[]} lines */
function withoutFigures(lines) {
  return lines.join('\n').replace(/\d+\.\d+/g, 'N');
}

/** @typedef {{ frames: number, wakeups: number, finished: number }} Figures */

/** The figures under the race, once `wanted` agrees with them.
 *  @param {Page} page  @param {(now: Figures) => boolean} [wanted]  @returns {Promise<Figures>} */
async function figures(page, wanted = () => true) {
  for (const end = Date.now() + 30_000; ;) {
    const now = await page.evaluate(() => Object.fromEntries(['frames', 'wakeups', 'finished'].map((id) =>
      [id, Number(document.getElementById(id)?.textContent?.replace(/,/g, ''))])));
    if (wanted(/** @type {Figures} */ (now))) return /** @type {Figures} */ (now);
    if (Date.now() > end) throw new Error(`the race stands at ${JSON.stringify(now)}`);
    await nextFrames(page, 1);
  }
}

/** @param {Page} page  @param {number} count */
function nextFrames(page, count) {
  return page.evaluate(async (n) => {
    for (let i = 0; i < n; i++) await new Promise(requestAnimationFrame);
  }, count);
}

/** Wait until there is something to see. @param {Page} page  @param {string} name */
async function settled(page, name) {
  if (name === '') return waitForText(page, 'source', 'bide_sleep');
  if (name !== 'race.html') return waitForText(page, 'status', /exit 0|in flight|listening/);
  await page.click('#start');
  await figures(page, ({ wakeups }) => wakeups > 50_000);
}

/** What is on the canvas. @param {Page} page */
function picture(page) {
  return page.locator('#track').evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
}

/** @param {import('playwright-core').Locator} counter */
async function number(counter) {
  return Number(await counter.locator('.count').textContent());
}

/** Wait until a counter has come that far.
 *  @param {import('playwright-core').Locator} counter  @param {number} count */
async function counted(counter, count) {
  for (const end = Date.now() + 30_000; await number(counter) < count;) {
    assert.ok(Date.now() < end, `the counter stands at ${await number(counter)}`);
    await counter.page().waitForTimeout(50);
  }
}

/** So that the clicks are in a row, however slow the machine is. @param {Page} page  @param {number} count */
function clickInOneTurn(page, count) {
  return page.locator('#button').evaluate((button, n) => {
    for (let i = 0; i < n; i++) /** @type {HTMLButtonElement} */ (button).click();
  }, count);
}

/** Lines of the first counter's end, without the number it had come to. @param {string[]} lines */
function afterStart(lines) {
  return lines.filter((line) => !/started/.test(line)).map((line) => line.replace(/ at \d+$/, ''));
}
