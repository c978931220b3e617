// Chromium without a screen, and pages in it that must not complain.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../support/paths.js';
import { findTool } from '../support/tools.js';

/** @typedef {import('playwright-core').Browser} Browser
 *  @typedef {import('playwright-core').Page} Page */

/** Screenshots, for people. */
const artifacts = join(root, 'build/artifacts/web');

/** The screens. The phone's is touched. */
export const DESKTOP = { viewport: { width: 1280, height: 860 } };
export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

/** No part of the browser may look for anything on a network. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** @returns {Promise<Browser>} */
export function launch() {
  return chromium.launch({ executablePath: findTool('chromium').path, args: ARGS });
}

/** In milliseconds. A page whose program never gives the thread back answers nothing any more. */
const PATIENCE = 60_000;

/** Open `url`, let `visit` look at it, and check that nothing went wrong meanwhile.
 *  @param {Browser} browser  @param {string} url  @param {(page: Page) => Promise<void>} visit
 *  @param {import('playwright-core').BrowserContextOptions} [screen] */
export async function withPage(browser, url, visit, screen = DESKTOP) {
  const context = await browser.newContext(screen);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  try {
    await inTime(page.goto(url).then(() => visit(page)));
    assert.deepEqual(complaints, []);
  } catch (error) {
    throw complaints.length ? new Error(`the page complained: ${complaints.join('; ')}`, { cause: error }) : error;
  } finally {
    await context.close();
  }
}

/** @param {Promise<void>} work */
async function inTime(work) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${PATIENCE / 1000} s; perhaps the page hangs`)), PATIENCE);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});      // being late is the error already
  }
}

/** Warnings and errors on the console, errors that nothing caught, requests that failed: as they come.
 *  @param {Page} page  @returns {string[]} */
function complaintsOf(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}

/** @param {Page} page  @param {string} name */
export async function screenshot(page, name) {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}

/** Wait until the element with that id holds the text, or one that matches.
 *  @param {Page} page  @param {string} id  @param {string | RegExp} text  @param {number} [timeout] in milliseconds */
export async function waitForText(page, id, text, timeout = 30_000) {
  await page.locator(`#${id}`, { hasText: text }).waitFor({ timeout });
}

/** The lines in the terminal-like pane of our pages, without their times.
 *  @param {Page} page  @returns {Promise<string[]>} */
export function terminalLines(page) {
  return page.locator('#terminal .line').allTextContents();
}
