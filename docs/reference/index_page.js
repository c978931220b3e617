// The first page: what holds everywhere, the modules, all names by the alphabet.

import { code, escape, link, prose } from './markup.js';

/** @typedef {import('./header.js').Header} Header */
/** @typedef {import('./header.js').Module} Module */
/** @typedef {import('./markup.js').Links} Links */

/** @param {Header} header  @param {Links} links */
export function indexBody(header, links) {
  return `${headBody(header.head, links)}
<section id="modules">
<h2>Modules</h2>
<dl>
${header.modules.map((module) => moduleRow(module, links)).join('\n')}
<dt>${link('asyncio.html', 'asyncio')}</dt><dd>every name of asyncio, with what it is called here</dd>
</dl>
</section>
<section id="names">
<h2>Names</h2>
${alphabet([...links.places.keys()], links)}
</section>`;
}

/** @param {Module} module  @param {Links} links */
function moduleRow({ slug, title, entries }, links) {
  const names = entries.filter((entry) => entry.kind !== 'codes').map((entry) => code(entry.name, links));
  return `<dt>${link(`${slug}.html`, escape(title))}</dt><dd>${names.join(', ')}</dd>`;
}

/** By what follows bide_ or BIDE_.  @param {string[]} names  @param {Links} links */
function alphabet(names, links) {
  const key = (/** @type {string} */ name) => name.slice('bide_'.length).toLowerCase();
  const sorted = [...names].sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  const letters = [...new Set(sorted.map((name) => key(name)[0]))];
  return letters.map((letter) => `<h3>${letter.toUpperCase()}</h3>\n<p class="names">${sorted.filter((name) => key(name)[0] === letter)
    .map((name) => code(name, links)).join(' ')}</p>`).join('\n');
}

// ---------------------------------------------------------------- the comment at the top of bide.h

/** @param {string[]} head  @param {Links} links */
function headBody(head, links) {
  const [title, ...blocks] = head.join('\n').split(/\n\n+/);
  return [`<p class="lead">${prose(title.replace(/^ ?bide\.h -- /, 'bide: '), links)}</p>`, ...blocks.map((block) => headBlock(block.split('\n'), links))].join('\n');
}

/** A paragraph, or a heading with an indented list of rules or of words below it.
 *  @param {string[]} lines  @param {Links} links */
function headBlock(lines, links) {
  const [first, ...rest] = lines;
  if (!rest[0]?.startsWith('  ')) return `<p>${prose(lines.join(' '), links)}</p>`;
  return `<h2>${prose(first, links)}</h2>\n${rest[0].startsWith('  - ') ? rules(rest, links) : words(rest, links)}`;
}

/** @param {string[]} lines  @param {Links} links */
function rules(lines, links) {
  const items = lines.join('\n').split(/^ {2}- /m).slice(1).map((item) => item.split('\n').map((line) => line.trim()).join(' '));
  return `<ul>\n${items.map((item) => `<li>${prose(item, links)}</li>`).join('\n')}\n</ul>`;
}

/** @param {string[]} lines  @param {Links} links */
function words(lines, links) {
  const column = lines[0].length - lines[0].replace(/^ +.*? {2,}/, '').length;
  const items = lines.map((line) => `<dt>${prose(line.slice(0, column).trim(), links)}</dt><dd>${prose(line.slice(column), links)}</dd>`);
  return `<dl>\n${items.join('\n')}\n</dl>`;
}
