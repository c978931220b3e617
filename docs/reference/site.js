// The reference: all its files, made from bide.h and docs/asyncio.json.

import { readFileSync } from 'node:fs';
import { parseHeader } from './header.js';
import { indexBody } from './index_page.js';
import { moduleBody } from './module_page.js';
import { placesOf } from './names.js';
import { html } from './page.js';
import { readTable } from './table.js';
import { TABLE_TITLE, tableBody, tableMarkdown } from './table_page.js';

/** @typedef {{ pages: Record<string, string>, markdown: string }} Site  pages: files by name; markdown: the table */

const beside = (/** @type {string} */ path) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** @param {string} [headerText]  @param {string} [json]  the table  @returns {Site}  throws with all that is wrong in them */
export function makeSite(headerText = beside('../../include/bide.h'), json = beside('../asyncio.json')) {
  const header = parseHeader(headerText);
  const table = readTable(JSON.parse(json), header);
  const links = { places: placesOf(header), table };
  const functions = new Map(header.modules.flatMap((module) => module.entries).map((entry) => [entry.name, entry]));
  const pages = [
    { file: 'index.html', title: 'Reference', body: indexBody(header, links) },
    ...header.modules.map((module) => ({ file: `${module.slug}.html`, title: module.title, body: moduleBody(module, header.codes, links, functions) })),
    { file: 'asyncio.html', title: TABLE_TITLE, body: tableBody(links) },
  ];
  const files = pages.map((page) => [page.file, html(page, pages)]);
  return { pages: { ...Object.fromEntries(files), 'style.css': beside('style.css'), 'icon.svg': beside('../../web/pages/icon.svg') }, markdown: tableMarkdown(table) };
}
