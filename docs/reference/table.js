// Every public name of asyncio, and what it is called here or why it is not there.
//
// docs/asyncio.json is the source. An entry has `ours`, names of bide.h, or
// `none`, the key of a reason. `coming` lists the names that bide.h is still to
// get; one that it has got must leave the list, so that the table stays true.

import { fieldsOf, placesOf } from './names.js';

/** @typedef {import('./header.js').Header} Header */
/** @typedef {import('./header.js').Entry} Entry */
/** @typedef {{ name: string, ours?: string[], none?: string, note?: string, page?: string, anchor?: string | null, url?: string }} Row
 *    page, anchor: of Python's documentation, where they don't follow from the name; anchor null: it is not there; url: of what is no part of asyncio */
/** @typedef {{ title: string, page?: string, entries: Row[] }} Group  page: of Python's documentation; without one it is no part of asyncio */
/** @typedef {{ version: string, coming: string[], reasons: Record<string, string>, groups: Group[] }} Data */
/** @typedef {{ name: string, id: string, ours: string[], reason: string, note: string, python?: string }} Name */
/** @typedef {{ version: string, groups: { title: string, id: string, isOfAsyncio: boolean, names: Name[] }[], coming: Set<string>, byName: Map<string, Name>, twins: Map<string, Name[]> }} Table
 *    twins: what asyncio calls a name of ours, by that name */

/** @param {Data} data  @param {Header} header  @returns {Table}  throws with all that is wrong */
export function readTable(data, header) {
  const groups = data.groups.map((group) => ({
    title: group.title, id: idOf(group.title.toLowerCase()), isOfAsyncio: group.page !== undefined, names: group.entries.map((row) => nameOf(row, group, data)),
  }));
  const names = groups.flatMap((group) => group.names);
  const table = { version: data.version, groups, coming: new Set(data.coming), byName: new Map(names.map((name) => [name.name, name])), twins: twinsOf(names) };
  const problems = [...wrongRows(data), ...wrongNames(table, data.reasons, header), ...wrongTwins(table, header)];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return table;
}

/** @param {string} name */
const idOf = (name) => name.replace(/[^\w.]+/g, '-');

/** @param {Row} row  @param {Group} group  @param {Data} data  @returns {Name} */
const nameOf = (row, group, data) => ({
  name: row.name, id: idOf(row.name), ours: row.ours ?? [], reason: data.reasons[row.none ?? ''] ?? '', note: row.note ?? '',
  python: pythonUrl(row, group.page, data.version),
});

/** @param {Row} row  @param {string | undefined} page  @param {string} version  @returns {string | undefined} */
function pythonUrl({ name, anchor = anchorOf(name), url, page: own }, page, version) {
  if (anchor === null) return undefined;
  return `https://docs.python.org/${version}/${url ?? `library/${own ?? page}.html#${anchor}`}`;
}

/** The methods behind `with`, `for` and `await` are described with their class.  @param {string} name */
const anchorOf = (name) => (name.startsWith('asyncio.') ? name : `asyncio.${name}`).replace(/\.__\w+__$/, '');

/** @param {Name[]} names  @returns {Map<string, Name[]>} */
function twinsOf(names) {
  /** @type {Map<string, Name[]>} */
  const twins = new Map();
  for (const name of names) for (const ours of name.ours) twins.set(ours, [...(twins.get(ours) ?? []), name]);
  return twins;
}

// ---------------------------------------------------------------- what must hold

/** @param {Data} data  @returns {string[]} */
function wrongRows({ groups, reasons }) {
  const rows = groups.flatMap((group) => group.entries);
  const used = new Set(rows.map((row) => row.none));
  const seen = new Set();
  return [
    ...rows.flatMap(({ name, ours, none }) => {
      const problems = [];
      if (seen.has(name)) problems.push(`asyncio.json: ${name} stands there twice`);
      if (Boolean(ours?.length) === (none !== undefined)) problems.push(`asyncio.json: ${name} needs either names of ours or a reason`);
      if (none !== undefined && !(none in reasons)) problems.push(`asyncio.json: ${name}: no reason is called ${none}`);
      seen.add(name);
      return problems;
    }),
    ...Object.keys(reasons).filter((key) => !used.has(key)).map((key) => `asyncio.json: nothing has the reason ${key}`),
  ];
}

/** @param {Table} table  @param {Record<string, string>} reasons  @param {Header} header  @returns {string[]} */
function wrongNames({ twins, coming }, reasons, header) {
  const known = new Set([...placesOf(header).keys(), ...fieldsOf(header)]);
  const named = Object.values(reasons).flatMap((reason) => reason.match(/\b(bide|BIDE)_\w+/g) ?? []);
  return [
    ...[...twins.keys(), ...named].filter((name) => !known.has(name) && !coming.has(name)).map((name) => `asyncio.json: bide.h has no ${name}`),
    ...[...coming].filter((name) => known.has(name)).map((name) => `asyncio.json: bide.h has ${name} now: take it out of "coming"`),
    ...[...coming].filter((name) => !twins.has(name)).map((name) => `asyncio.json: no entry has ${name}, which is "coming"`),
  ];
}

/** What a comment says a function is like must name that function in return.  @param {Table} table  @param {Header} header  @returns {string[]} */
function wrongTwins(table, header) {
  const functions = header.modules.flatMap((module) => module.entries).filter((entry) => entry.kind === 'function');
  return functions.flatMap((entry) => likesOf(entry).flatMap(({ text, line }) => termsIn(text).flatMap((term) => {
    const name = resolve(table, term);
    if (name) return name.ours.includes(entry.name) ? [] : [`asyncio.json: ${name.name} does not have ${entry.name}, which is like it (bide.h:${line})`];
    return isOfAsyncio(table, term) ? [`bide.h:${line}: asyncio.json has no ${term}`] : [];
  })));
}

/** @param {Entry} entry */
const likesOf = ({ comment }) => comment.fields.filter((field) => field.names.includes('Like'))
  .map((field) => ({ line: field.line, text: field.lines.join(' ').replace(/ Differs: .*/, '') }));

const TERM = /\b[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+/g;

/** @param {string} text  @returns {string[]} dotted names in it */
export const termsIn = (text) => text.match(TERM) ?? [];

/** @param {Table} table  @param {string} term  @returns {Name | undefined} */
export const resolve = ({ byName }, term) => byName.get(term) ?? byName.get(term.replace(/^asyncio\./, ''));

/** Whether it should have been found.  @param {Table} table  @param {string} term */
const isOfAsyncio = ({ byName }, term) => /^(asyncio|loop)\./.test(term) || byName.has(`asyncio.${term.split('.')[0]}`);
