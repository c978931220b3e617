// The reference: bide.h says of every function what it must, the table has every
// name of asyncio, and the pages have all of both, with links that lead somewhere.
//
// These tests read bide.h, and a list of asyncio's names, by other means than the
// reference does. So a mistake in the reference shows here.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeSite } from '../docs/reference/site.js';
import { writePages } from '../docs/reference/write.js';
import { serveSite } from '../web/site.js';
import { root } from './support/paths.js';
import { skipWithout } from './support/tools.js';
import { launch, withPage } from './web/browser.js';

/** @typedef {import('../docs/reference/table.js').Data} Data */

const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const header = read('include/bide.h');
const json = read('docs/asyncio.json');
/** @type {Data} */
const table = JSON.parse(json);
const rows = table.groups.flatMap((group) => group.entries);

/** Comment, what is returned, name and parameters. */
const FUNCTIONS = [...header.matchAll(/(?:\/\*\*((?:(?!\*\/).)*)\*\/\n)?^(?:BIDE_API|static inline) ([^;{(]*?)\b(bide_(?!_)\w+)\(([^{;]*)\)[^)]*?[{;]/gms)]
  .map(([, comment = '', result, name, params]) => ({ comment, result: result.trim(), name, params }));
const MACROS = [...header.matchAll(/^#define (BIDE_[A-Z]\w*)/gm)].map(([, name]) => name).filter((name) => name !== 'BIDE_H');
const CODES = [...header.matchAll(/^ +X\((\w+),/gm)].map(([, name]) => `BIDE_${name}`);
const TYPES = [...header.matchAll(/^(?:typedef\b(?:[^;{]*?|\s*(?:struct|enum)[^{;]*\{[^}]*\}\s*)|\}\s*)\b(bide_(?!_)\w+)(?:\([^;]*\))?;/gm)].map(([, name]) => name);

describe('bide.h', () => {
  it('is understood by these tests', () => {
    for (const name of ['bide_sleep', 'bide_i64', 'bide_raise', 'bide_await_promise']) assert.ok(FUNCTIONS.some((one) => one.name === name), name);
    for (const name of ['bide_fn', 'bide_value', 'bide_kind', 'bide_lock', 'bide_future']) assert.ok(TYPES.includes(name), name);
    assert.ok(CODES.includes('BIDE_ECANCELED') && MACROS.includes('BIDE_TRY'));
  });

  it('says of every function what it returns, when it suspends, what a cancellation does, and what it is like', () => {
    const missing = FUNCTIONS.flatMap(({ name, comment, result }) => {
      const has = (/** @type {string} */ field) => new RegExp(`^ \\*  ${field} +\\S`, 'm').test(comment);
      const wrong = ['Suspends', 'Cancel'].filter((field) => !has(field));
      if (has('Returns') !== (result !== 'void')) wrong.push('Returns');
      if (!has('Like') && !has('Differs')) wrong.push('Like or Differs');
      return wrong.map((field) => `${name}: ${field}`);
    });
    assert.deepEqual(missing, []);
  });
});

/** A function's comment, which is in form, and its declaration.  @param {string[]} fields  @param {string} [declaration] */
const fragment = (fields, declaration = 'BIDE_API int bide_x(int a, int b);') =>
  ['/* bide.h -- head. */', '/* ---- part */', '/** Sentence.', ' *', ...fields.map((field) => ` *  ${field}`), ' */', declaration].join('\n');

const GOOD = ['a, b      numbers', 'Returns   0.', 'Suspends  never.', 'Cancel    nothing.', 'Like      raise.'];
const without = (/** @type {string} */ start) => GOOD.filter((field) => !field.startsWith(start));
const NO_TABLE = JSON.stringify({ version: '3.14', coming: [], reasons: {}, groups: [] });

describe('comments out of form', () => {
  it('one in form is taken', () => {
    assert.match(makeSite(fragment(GOOD), NO_TABLE).pages['part.html'], /<section id="bide_x">/);
  });

  /** @type {[string, string, RegExp][]} */
  const cases = [
    ['no Returns', fragment(without('Returns')), /bide\.h:3: bide_x has no Returns/],
    ['no Suspends', fragment(without('Suspends')), /bide\.h:3: bide_x has no Suspends/],
    ['no Cancel', fragment(without('Cancel')), /bide\.h:3: bide_x has no Cancel/],
    ['neither Like nor Differs', fragment(without('Like')), /bide\.h:3: bide_x has neither Like nor Differs/],
    ['a parameter that is not described', fragment(['a         number', ...GOOD.slice(1)]), /bide\.h:3: bide_x does not say what b is/],
    ['Returns of void', fragment(GOOD, 'BIDE_API void bide_x(int a, int b);'), /bide\.h:3: bide_x returns nothing/],
    ['an unknown field', fragment([...GOOD, 'Beware    of it.']), /bide\.h:10: unknown field Beware/],
    ['a misplaced field', fragment([...without('Returns'), 'Returns   0.']), /bide\.h:9: Returns is misplaced/],
    ['a misplaced parameter', fragment(['b         two', 'a         one', ...GOOD.slice(1)]), /bide\.h:6: a is misplaced/],
    ['a field twice', fragment([...GOOD, 'Like      del.']), /bide\.h:10: Like stands here twice/],
    ['text out of its column', fragment([...GOOD.slice(0, 4), 'Like  raise.']), /bide\.h:9: the text of Like is not aligned/],
    ['a continuation out of its column', fragment([...GOOD, '    more']), /bide\.h:10: text stands before column/],
    ['text behind the fields', fragment([...GOOD, '', 'More of it.']), /bide\.h:11: text stands behind the fields/],
    ['an empty comment', '/* head */\n/* ---- part */\n/** */\n#define BIDE_X 1', /bide\.h:3: the comment is empty/],
    ['an empty comment of a function', '/* head */\n/* ---- part */\n/** */\nBIDE_API int bide_x(void);', /bide\.h:3: the comment is empty/],
    ['no fields at all', '/* head */\n/* ---- part */\n/** Sentence. */\nBIDE_API int bide_x(void);', /bide\.h:3: the comment has no fields/],
    ['no comment', '/* head */\n/* ---- part */\nBIDE_API int bide_x(void);', /bide\.h:3: bide_x has no comment/],
    ['a macro without a comment', '/* head */\n/* ---- part */\n#define BIDE_X 1', /bide\.h:3: BIDE_X has no comment/],
    ['a comment of nothing', '/* head */\n/* ---- part */\n/** Sentence. */\n\n#define BIDE_X 1', /bide\.h:3: the comment belongs to no declaration/],
  ];
  for (const [what, text, message] of cases) it(what, () => assert.throws(() => makeSite(text, NO_TABLE), { message }));
});

/** @typedef {{ all: string[], members: Record<string, string[]>, subprocess: string[] }} Names */

describe('the table', () => {
  /** @type {Names} */
  const names = JSON.parse(read('tests/support/asyncio_names.json'));
  const listed = new Set(rows.map((row) => row.name));

  it('has each of the 95 names of asyncio.__all__', () => {
    assert.equal(new Set(names.all).size, 95);
    assert.deepEqual(names.all.filter((name) => !listed.has(`asyncio.${name}`)), []);
  });

  it('has the public members of its classes, and asyncio.subprocess', () => {
    const members = Object.entries(names.members).flatMap(([type, all]) => all.map((name) => `${type}.${name}`));
    assert.ok(members.length > 200);
    assert.deepEqual([...members, ...names.subprocess.map((name) => `asyncio.subprocess.${name}`)].filter((name) => !listed.has(name)), []);
  });

  it('names only what bide.h has, but for what is marked as coming', () => {
    const there = new Set(header.match(/\b(bide|BIDE)_\w+/g));
    for (const name of CODES) there.add(name);
    const ours = rows.flatMap((row) => row.ours ?? []);
    const coming = new Set(table.coming);
    assert.deepEqual(ours.filter((name) => !coming.has(name) && !there.has(name.split('.')[0])), []);
  });

  it('docs/asyncio.md is what ./build.sh docs makes of it', () => {
    assert.equal(read('docs/asyncio.md'), makeSite().markdown, 'run ./build.sh docs');
  });

  /** The table, changed.  @param {(data: Data) => void} change */
  const changed = (change) => {
    const data = JSON.parse(json);
    change(data);
    return () => makeSite(header, JSON.stringify(data));
  };
  const entry = (/** @type {Data} */ data, /** @type {string} */ name) => {
    const found = data.groups.flatMap((group) => group.entries).find((row) => row.name === name);
    assert.ok(found);
    return found;
  };

  /** @type {[string, (data: Data) => void, RegExp][]} */
  const cases = [
    ['a name of ours that is not there', (data) => entry(data, 'Lock.acquire').ours?.push('bide_lock_break'), /bide\.h has no bide_lock_break/],
    ['a field that is not there', (data) => entry(data, 'asyncio.create_task').ours?.push('bide_task_options.colour'), /bide\.h has no bide_task_options\.colour/],
    ['a name in a reason that is not there', (data) => { data.reasons.sockets = 'See bide_socket.'; }, /bide\.h has no bide_socket/],
    ['something coming that is there', (data) => data.coming.push('bide_run'), /bide\.h has bide_run now: take it out of "coming"/],
    ['something coming that no entry has', (data) => data.coming.push('bide_nowhere'), /no entry has bide_nowhere/],
    ['neither twin nor reason', (data) => { entry(data, 'Lock.acquire').ours = []; }, /Lock\.acquire needs either/],
    ['both twin and reason', (data) => { entry(data, 'Lock.acquire').none = 'sockets'; }, /Lock\.acquire needs either/],
    ['an unknown reason', (data) => { entry(data, 'Server.close').none = 'whim'; }, /Server\.close: no reason is called whim/],
    ['a reason for nothing', (data) => { data.reasons.whim = 'None.'; }, /nothing has the reason whim/],
    ['a name twice', (data) => data.groups[0].entries.push(entry(data, 'Lock.acquire')), /Lock\.acquire stands there twice/],
    ['a twin left out', (data) => { entry(data, 'asyncio.sleep').ours = ['bide_await']; }, /asyncio\.sleep does not have bide_sleep, which is like it \(bide\.h:\d+\)/],
    ['a name that a comment tells of', (data) => { entry(data, 'Queue.qsize').name = 'Queue.size'; }, /bide\.h:\d+: asyncio\.json has no asyncio\.Queue\.qsize/],
  ];
  for (const [what, change, message] of cases) it(`refuses: ${what}`, () => assert.throws(changed(change), { message }));
});

describe('the pages', () => {
  const dir = mkdtempSync(join(tmpdir(), 'bide-reference-'));
  /** @type {Map<string, string>} */
  let pages;
  before(() => {
    writePages(makeSite(), dir);
    pages = new Map(readdirSync(dir).filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  /** @param {string} page */
  const idsOf = (page) => [...(pages.get(page) ?? '').matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);

  it('every public name of bide.h has its place, and stands in the index', () => {
    const places = new Set([...pages.keys()].flatMap(idsOf));
    const index = pages.get('index.html') ?? '';
    for (const name of [...FUNCTIONS.map((one) => one.name), ...MACROS, ...CODES, ...TYPES]) {
      assert.ok(places.has(name), `${name} has no place`);
      assert.match(index, new RegExp(`#${name}">${name}<`));
    }
  });

  it('every link leads somewhere, and every place is unique', () => {
    for (const [page, html] of pages) {
      assert.equal(new Set(idsOf(page)).size, idsOf(page).length, `${page}: an id stands there twice`);
      for (const [, href] of html.matchAll(/ href="([^"]*)"/g)) {
        if (/^https:\/\/docs\.python\.org\/3\.14\/(library|reference)\/[\w-]+\.html#[\w.-]+$/.test(href)) continue;
        const [file, id] = href.split('#');
        if (file && !file.endsWith('.html')) assert.ok(readdirSync(dir).includes(file), `${page}: ${href}`);
        else assert.ok(id === undefined ? pages.has(file) : idsOf(file || page).includes(id), `${page}: ${href}`);
      }
    }
  });

  it('a function and its twin are linked both ways', () => {
    const asyncio = pages.get('asyncio.html') ?? '';
    const all = [...pages.values()].join('\n');
    const pairs = rows.flatMap((row) => (row.ours ?? []).map((ours) => ({ ours, id: row.name.replace(/ /g, '-'), name: row.name })))
      .filter(({ ours }) => FUNCTIONS.some((one) => one.name === ours));
    assert.ok(pairs.length > 100);
    for (const { ours, id, name } of pairs) {
      const [section] = all.match(new RegExp(`<section id="${ours}">.*?</section>`, 's')) ?? [''];
      assert.ok(section.includes(`href="asyncio.html#${id}"`), `${ours} has no link to ${name}`);
      const [row] = asyncio.match(new RegExp(`<tr id="${id.replaceAll('.', '\\.')}">.*`)) ?? [''];
      assert.ok(row.includes(`#${ours}"`), `${name} has no link to ${ours}`);
    }
  });

  it('have neither scripts nor styles of their own, and forbid them', () => {
    for (const [page, html] of pages) {
      assert.doesNotMatch(html, /<script|\son\w+=|\sstyle=|<style|="javascript:/i, page);
      assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'/, page);
    }
  });

  describe('in a browser', { skip: skipWithout('chromium') }, () => {
    /** @type {Awaited<ReturnType<typeof launch>>} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serveSite>>} */
    let site;
    before(async () => {
      site = await serveSite({ '/': `${dir}/` }, 0);
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await site?.close();
    });

    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      it(`text can be read in ${scheme}, and nothing is wider than a phone`, async () => {
        const screen = { viewport: { width: 390, height: 844 }, colorScheme: scheme };
        for (const page of ['index.html', 'waiting.html', 'errors.html', 'asyncio.html']) {
          await withPage(browser, site.url + page, async (tab) => {
            const { contrasts, tooWide } = await tab.evaluate(look);
            assert.ok(Math.min(...contrasts) >= 4.5, `${page}: contrast ${Math.min(...contrasts)}`);
            assert.equal(tooWide, false, `${page} scrolls sideways`);
          }, screen);
        }
      });
    }
  });
});

/** Runs in the page: how text stands out from what is behind it, as WCAG reckons. */
function look() {
  const channels = (/** @type {string} */ color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (/** @type {number[]} */ rgb) => rgb.slice(0, 3)
    .map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  /** @param {Element | null} element  @returns {string} */
  const behind = (element) => {
    const color = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
    return channels(color)[3] === 0 ? behind(element?.parentElement ?? null) : color;
  };
  const contrasts = [...document.querySelectorAll('p, a, dt, dd, th, td, code, small, h1, h2')].map((element) => {
    const [low, high] = [getComputedStyle(element).color, behind(element)].map((color) => luminance(channels(color))).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
  return { contrasts, tooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth };
}
