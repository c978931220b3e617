// Text of bide.h as HTML. Names become links, and what stands between backticks becomes code.

import { resolve } from './table.js';

/** @typedef {import('./names.js').Places} Places */
/** @typedef {import('./table.js').Table} Table */
/** @typedef {import('./table.js').Name} Name */
/** @typedef {{ places: Places, table: Table }} Links */

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** @param {string} href  @param {string} html */
export const link = (href, html) => `<a href="${escape(href)}">${html}</a>`;

/** Prose: one paragraph or field.  @param {string} text  @param {Links} links */
export function prose(text, links) {
  const parts = text.split(/(`[^`]+`)/);
  return parts.map((part) => (part.startsWith('`') && part.length > 1 ? code(part.slice(1, -1), links) : linked(part, links)
    .replace(/(?<![\w*])\*(\w[^*]*)\*(?![\w*])/g, '<em>$1</em>'))).join('');
}

/** @param {string} text  @param {Links} links */
export const code = (text, links) => `<code>${linked(text, links)}</code>`;

const WORD = /\b[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g;

/** Escaped, with links where a name of ours or of asyncio stands.  @param {string} text  @param {Links} links */
function linked(text, links) {
  let html = '', end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    html += escape(text.slice(end, index)) + linkedWord(word, links);
    end = index + word.length;
  }
  return html + escape(text.slice(end));
}

/** @param {string} word  @param {Links} links */
function linkedWord(word, { places, table }) {
  const place = places.get(word);
  if (place) return link(place, word);
  const name = word.includes('.') ? resolve(table, word) : undefined;
  return name ? link(tablePlace(name), word) : escape(word);
}

/** @param {Name} name  where the table has it */
export const tablePlace = (name) => `asyncio.html#${name.id}`;

/** A declaration, whose `members` become anchors.
 *  @param {string} text  @param {string} self  name that needs no link  @param {string[]} members  @param {Links} links */
export function declaration(text, self, members, links) {
  const anchors = new Set(members.filter((name) => name.startsWith('BIDE_')));
  const html = text.replace(/\b\w+\b|[&<>"]/g, (token) => {
    if (anchors.delete(token)) return `<span id="${token}">${token}</span>`;
    const place = token === self || members.includes(token) ? undefined : links.places.get(token);
    return place ? link(place, token) : escape(token);
  });
  return `<pre><code>${html}</code></pre>`;
}
