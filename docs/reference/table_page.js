// The table of asyncio's names, as a page and as Markdown.

import { code, escape, link, prose } from './markup.js';

/** @typedef {import('./markup.js').Links} Links */
/** @typedef {import('./table.js').Name} Name */
/** @typedef {import('./table.js').Table} Table */

const TITLE = 'Every name of asyncio';

/** @param {Table} table  @returns {string} how much is there */
function summary({ version, groups, coming }) {
  const names = groups.filter((group) => group.isOfAsyncio).flatMap((group) => group.names);
  const there = names.filter((name) => name.ours.some((one) => !coming.has(one))).length;
  const soon = names.filter((name) => name.ours.length > 0).length - there;
  return `Every public name of asyncio ${version}, with its methods: what it is called here, or why it is not there. `
    + `Of ${names.length} names, ${there} are there${soon > 0 ? ` and ${soon} are coming` : ''}.`;
}

/** @param {Links} links */
export function tableBody(links) {
  const { groups } = links.table;
  const contents = groups.map(({ id, title }) => `<li>${link(`#${id}`, escape(title))}</li>`).join('\n');
  const sections = groups.map(({ id, title, names }) => `<section id="${id}">
<h2><a href="#${id}">${escape(title)}</a></h2>
<table>
<thead><tr><th>asyncio</th><th>bide</th></tr></thead>
<tbody>
${names.map((name) => tableRow(name, links)).join('\n')}
</tbody>
</table>
</section>`);
  return `<p>${escape(summary(links.table))}</p>\n<ul class="contents">\n${contents}\n</ul>\n${sections.join('\n')}`;
}

/** @param {Name} name  @param {Links} links */
function tableRow(name, links) {
  const python = name.python ? link(name.python, `<code>${escape(name.name)}</code>`) : `<code>${escape(name.name)}</code>`;
  const ours = name.ours.map((one) => ourName(one, links)).join(', ');
  const note = name.note && ` (${escape(name.note)})`;
  return `<tr id="${name.id}"><th scope="row">${python}</th><td${ours ? '' : ' class="none"'}>${ours || prose(name.reason, links)}${note}</td></tr>`;
}

/** @param {string} name  @param {Links} links */
function ourName(name, links) {
  if (links.table.coming.has(name)) return `<code>${name}</code> <small>(coming)</small>`;
  const [type, field] = name.split('.');
  return field ? link(links.places.get(type) ?? '', `<code>${name}</code>`) : code(name, links);
}

/** @param {Table} table */
export function tableMarkdown(table) {
  const sections = table.groups.map(({ title, names }) => `## ${title}\n\n| asyncio | bide |\n|---|---|\n${names.map((name) => markdownRow(name, table)).join('\n')}\n`);
  return `# ${TITLE}\n\n<!-- made by ./build.sh docs from docs/asyncio.json -->\n\n${summary(table)}\n\n${sections.join('\n')}`;
}

/** @param {Name} name  @param {Table} table */
function markdownRow({ name, ours, reason, note, python }, { coming }) {
  const term = python ? `[\`${name}\`](${python})` : `\`${name}\``;
  const text = ours.map((one) => `\`${one}\`${coming.has(one) ? ' (coming)' : ''}`).join(', ') || reason;
  return `| ${term} | ${text}${note && ` (${note})`} |`;
}

export { TITLE as TABLE_TITLE };
