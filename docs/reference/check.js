// What the comment of a function must say: each parameter, and every field.

import { KEYWORDS } from './comment.js';

/** @typedef {import('./comment.js').Report} Report */
/** @typedef {import('./header.js').Entry} Entry */

/** @param {Entry[]} entries  their `base` is filled in  @param {Report} report */
export function checkFunctions(entries, report) {
  const functions = new Map(entries.filter((entry) => entry.kind === 'function').map((entry) => [entry.name, entry]));
  for (const entry of functions.values()) {
    const [base] = [...(entry.comment.prose[0] ?? '').matchAll(/\bbide_\w+/g)].map(([name]) => name).filter((name) => functions.has(name) && name !== entry.name);
    if (base) entry.base = base;
    checkKeywords(entry, report);
    const missing = entry.params.filter((param) => !isDescribed(entry, param, functions));
    if (missing.length > 0) report(entry.comment.line, `${entry.name} does not say what ${missing.join(', ')} is`);
  }
}

/** @param {Entry} entry  @param {Report} report */
function checkKeywords({ name, result, comment }, report) {
  const has = (/** @type {string} */ field) => comment.fields.some((one) => one.names.includes(field));
  const [returns, suspends, cancel] = KEYWORDS;
  if (result === 'void' && has(returns)) report(comment.line, `${name} returns nothing, but its comment says ${returns}`);
  const wanted = result === 'void' ? [suspends, cancel] : [returns, suspends, cancel];
  for (const field of wanted.filter((one) => !has(one))) report(comment.line, `${name} has no ${field}`);
  if (!has('Like') && !has('Differs')) report(comment.line, `${name} has neither Like nor Differs`);
}

/** Whether the comment describes a parameter: by a field, by its name between backticks, or by the function that the first paragraph names.
 *  @param {Entry} entry  @param {string} param  @param {Map<string, Entry>} functions  @returns {boolean} */
export function isDescribed({ comment, base }, param, functions) {
  const text = [...comment.prose, ...comment.fields.flatMap((field) => field.lines)].join('\n');
  if (comment.fields.some((field) => field.names.includes(param)) || text.includes(`\`${param}\``)) return true;
  const other = base && functions.get(base);
  return Boolean(other && other.params.includes(param) && other.comment.fields.some((field) => field.names.includes(param)));
}
