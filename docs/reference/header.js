// Reads bide.h: its head, its sections, and what each section declares.
//
// A section begins with `/* ---- name */` and becomes a page. Everything public
// must have a comment. A missing comment, or one out of form, is reported with
// its line; all are reported at once.

import { checkFunctions } from './check.js';
import { parseComment } from './comment.js';
import { isPublic, parseDeclaration, withoutFields } from './declaration.js';

/** @typedef {import('./comment.js').Comment} Comment */
/** @typedef {import('./comment.js').Report} Report */
/** @typedef {import('./declaration.js').Declaration} Declaration */
/** @typedef {Declaration & { comment: Comment, base?: string }} Entry  base: the function that describes the parameters it shares */
/** @typedef {{ title: string, slug: string, entries: Entry[] }} Module */
/** @typedef {{ name: string, number: number, className: string, text: string }} Code */
/** @typedef {{ head: string[], modules: Module[], codes: Code[] }} Header  head: the lines of the comment at the top */

/** @param {string} text  of the header  @returns {Header}  throws with every `bide.h:LINE: problem` */
export function parseHeader(text) {
  /** @type {string[]} */
  const problems = [];
  /** @type {Report} */
  const report = (line, problem) => { problems.push(`bide.h:${line}: ${problem}`); };
  const lines = text.split('\n');
  const modules = modulesOf(lines, report);
  checkFunctions(modules.flatMap((module) => module.entries), report);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { head: headOf(lines), modules, codes: codesOf(text) };
}

/** Without the guard and its comment marks.  @param {string[]} lines */
const headOf = (lines) => lines.slice(0, lines.findIndex((line) => line.endsWith('*/'))).map((line) => line.replace(/^(\/\*| \*) ?/, ''));

/** @param {string} text  @returns {Code[]} */
const codesOf = (text) => [...text.matchAll(/X\((\w+), +(\d+), +"(\w+)", +"([^"]*)"\)/g)]
  .map(([, name, number, className, says]) => ({ name: `BIDE_${name}`, number: Number(number), className, text: says }));

const SECTION = /^\/\* -{3,} ?(.+) \*\/$/;

/** @param {string[]} lines  @param {Report} report  @returns {Module[]} those that have entries */
function modulesOf(lines, report) {
  /** @type {Module[]} */
  const modules = [];
  const known = new Set();
  for (let i = 0; i < lines.length; i++) {
    const section = lines[i].match(SECTION)?.[1];
    if (section) modules.push({ title: section, slug: slugOf(section), entries: [] });
    const { entry, next } = entryAt(lines, i, report);
    if (entry && isEntry(entry) && !known.has(entry.name)) {
      if (!entry.comment) report(i + 1, `${entry.name} has no comment`);
      else if (modules.length === 0) report(i + 1, `${entry.name} stands in no section`);
      else modules[modules.length - 1].entries.push({ ...entry, comment: entry.comment });
      known.add(entry.name);
    }
    i = next - 1;
  }
  return modules.filter((module) => module.entries.length > 0);
}

/** @param {Declaration} entry */
const isEntry = (entry) => entry.kind === 'codes' || (isPublic(entry.name) && entry.name !== 'BIDE_H');

/** @param {string} title */
const slugOf = (title) => title.toLowerCase().replace(/\W+/g, '-');

/** What stands at line `i`, with its comment if it has one.
 *  @param {string[]} lines  @param {number} i  @param {Report} report
 *  @returns {{ entry?: Declaration & { comment?: Comment }, next: number }}  next: where to go on */
function entryAt(lines, i, report) {
  const start = lines[i].startsWith('/**') ? endOfComment(lines, i) : i;
  const next = endOfDeclaration(lines, start);
  const declared = parseDeclaration(lines.slice(start, next));
  if (start === i) return { entry: declared, next };
  if (!declared) return report(i + 1, 'the comment belongs to no declaration'), { next: start };
  const comment = parseComment(lines.slice(i, start), i + 1, declared.params, declared.kind === 'function', report);
  const isPrivate = comment.prose.some((text) => text.includes('Fields are private.'));
  return { entry: { ...(isPrivate ? withoutFields(declared) : declared), comment }, next };
}

/** @param {string[]} lines  @param {number} i  @returns {number} the line behind it */
const endOfComment = (lines, i) => {
  const end = lines.findIndex((line, k) => k >= i && line.endsWith('*/'));
  return end < 0 ? lines.length : end + 1;
};

/** @param {string[]} lines  @param {number} i  @returns {number} the line behind it; at least i + 1 */
function endOfDeclaration(lines, i) {
  if (i >= lines.length) return i + 1;
  if (lines[i].startsWith('#define')) return continued(lines, i);
  if (lines[i].startsWith('/*')) return endOfComment(lines, i);
  if (!/^(typedef|struct|enum|BIDE_API|static)\b/.test(lines[i])) return i + 1;
  const end = balanced(lines, i);
  const [, forward] = lines[i].match(/^typedef struct (\w+) \1;$/) ?? [];   // its body may follow at once
  return forward && lines[end]?.startsWith(`struct ${forward} {`) ? balanced(lines, end) : end;
}

/** @param {string[]} lines  @param {number} i */
function continued(lines, i) {
  while (i < lines.length && lines[i].endsWith('\\')) i++;
  return i + 1;
}

/** The line behind the one that closes the last brace, or has the semicolon.  @param {string[]} lines  @param {number} i */
function balanced(lines, i) {
  for (let depth = 0; i < lines.length; i++) {
    const line = lines[i].replace(/\/\*.*?\*\//g, '').trimEnd();
    for (const c of line) depth += Number(c === '{') - Number(c === '}');
    if (depth === 0 && /[;}]$/.test(line)) return i + 1;
  }
  return i;
}
