// A page for each section of bide.h, with each function, type and macro under its name.

import { isDescribed } from './check.js';
import { KEYWORDS } from './comment.js';
import { declaration, escape, link, prose, tablePlace } from './markup.js';

/** @typedef {import('./header.js').Code} Code */
/** @typedef {import('./header.js').Entry} Entry */
/** @typedef {import('./header.js').Module} Module */
/** @typedef {import('./comment.js').Field} Field */
/** @typedef {import('./markup.js').Links} Links */

/** @param {Module} module  @param {Code[]} codes  @param {Links} links  @param {Map<string, Entry>} functions */
export function moduleBody(module, codes, links, functions) {
  return module.entries.map((entry) => article(entry, codes, links, functions)).join('\n');
}

/** @param {Entry} entry  @param {Code[]} codes  @param {Links} links  @param {Map<string, Entry>} functions */
function article(entry, codes, links, functions) {
  const { name, kind, comment, members, text } = entry;
  const rows = [...fieldRows(entry, links, functions), ...twinRow(name, links)];
  return `<section id="${name}">
<h2><a href="#${name}">${kind === 'codes' ? 'The codes' : name}</a></h2>
${kind === 'codes' ? codeTable(codes, links) : declaration(text, name, members, links)}
${comment.prose.map((paragraph) => `<p>${prose(paragraph, links)}</p>`).join('\n')}
${rows.length > 0 ? `<dl>\n${rows.join('\n')}\n</dl>\n` : ''}</section>`;
}

/** @param {Entry} entry  @param {Links} links  @param {Map<string, Entry>} functions  @returns {string[]} */
function fieldRows(entry, links, functions) {
  const own = entry.comment.fields.map((field) => ({ field, html: row(field.names.map(term).join(', '), fieldText(field, links)) }));
  const isParameter = (/** @type {Field} */ field) => !KEYWORDS.includes(field.names[0]);
  return [
    ...own.filter(({ field }) => isParameter(field)).map(({ html }) => html),
    ...shared(entry, functions).map((param) => row(term(param), `as ${prose(entry.base ?? '', links)}`)),
    ...(entry.mustUse ? [row('Result', `must be used: ${prose('BIDE_CHECK', links)}.`)] : []),
    ...own.filter(({ field }) => !isParameter(field)).map(({ html }) => html),
  ];
}

/** Parameters that only the function named in the first sentence describes.
 *  @param {Entry} entry  @param {Map<string, Entry>} functions */
const shared = (entry, functions) => (entry.kind === 'function'
  ? entry.params.filter((param) => !isDescribed({ ...entry, base: undefined }, param, functions)) : []);

/** @param {string} title  HTML  @param {string} text  HTML */
const row = (title, text) => `<dt>${title}</dt><dd>${text}</dd>`;

/** @param {string} name */
const term = (name) => (KEYWORDS.includes(name) ? name : `<code>${name}</code>`);

/** Codes that stand in a column of their own become a list.  @param {Field} field  @param {Links} links */
function fieldText({ lines }, links) {
  /** @type {string[]} */
  const text = [];
  /** @type {[string, string][]} */
  const items = [];
  for (const line of lines) {
    const [, code, rest] = line.match(/^(BIDE_E\w+) {2,}(.*)$/) ?? [];
    if (code !== undefined) items.push([code, rest]);
    else if (items.length > 0) items[items.length - 1][1] += ` ${line.trim()}`;
    else text.push(line.trim());
  }
  const list = items.map(([code, rest]) => `<li>${prose(code, links)}: ${prose(rest, links)}</li>`).join('');
  return prose(text.join(' '), links) + (list && `<ul>${list}</ul>`);
}

/** @param {string} name  @param {Links} links  @returns {string[]} */
function twinRow(name, { table }) {
  const twins = table.twins.get(name) ?? [];
  const text = twins.map((twin) => link(tablePlace(twin), escape(twin.name)) + (twin.python ? ` (${link(twin.python, 'Python')})` : ''));
  return twins.length > 0 ? [row('asyncio', text.join(', '))] : [];
}

/** @param {Code[]} codes  @param {Links} links */
function codeTable(codes, links) {
  const rows = codes.map(({ name, number, className, text }) => {
    const [twin] = links.table.twins.get(name) ?? [];
    const value = `-0x${(0x62640000 + number).toString(16)}`;
    return `<tr id="${name}"><th scope="row"><code>${name}</code></th><td class="value"><code>${value}</code></td>`
      + `<td>${twin ? link(tablePlace(twin), className) : className}</td><td>${escape(text)}</td></tr>`;
  });
  return `<table>
<thead><tr><th>code</th><th class="value">value</th><th>asyncio's class</th><th>says</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}
