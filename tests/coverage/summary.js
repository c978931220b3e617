// Coverage as a table: lines and branches of each file, what is not covered,
// and what is excused from it, with the reason.

/** @typedef {import('./gcov.js').Lines} Lines */
/** @typedef {Record<string, Record<string, string[]>>} Exceptions  texts of lines, or functions as "name()", by file, by reason */
/** @typedef {{ covered: number, all: number }} Share */
/** @typedef {{ file: string, lines: Share, branches: Share, missing: number[], partial: number[] }} Row
 *    missing: lines that never ran; partial: lines that ran, but not every way out of them was taken */

export const LEAST_LINES = 95, LEAST_BRANCHES = 90;

/** @param {Share} share */
export const percent = ({ covered, all }) => (all === 0 ? 100 : (100 * covered) / all);

/** @param {Share} a  @param {Share} b  @returns {Share} */
const add = (a, b) => ({ covered: a.covered + b.covered, all: a.all + b.all });

/** @param {Iterable<import('./gcov.js').Line>} functions */
function countLine(functions) {
  const list = [...functions], branches = list.flatMap((line) => line.branches);
  return { runs: list.some((line) => line.count > 0), taken: branches.filter((count) => count > 0).length, ways: branches.length };
}

/** @param {Lines} lines  @param {number} number */
function isCovered(lines, number) {
  const { runs, taken, ways } = countLine((lines.get(number) ?? new Map()).values());
  return runs && taken === ways;
}

/** @param {string} file  @param {Lines} lines  @param {Set<number>} excused
 *  @returns {Row} */
export function rowOf(file, lines, excused) {
  /** @type {Row} */
  const row = { file, lines: { covered: 0, all: 0 }, branches: { covered: 0, all: 0 }, missing: [], partial: [] };
  for (const [number, functions] of [...lines].sort(([a], [b]) => a - b)) {
    if (excused.has(number)) continue;
    const { runs, taken, ways } = countLine(functions.values());
    row.lines = add(row.lines, { covered: Number(runs), all: 1 });
    row.branches = add(row.branches, { covered: taken, all: ways });
    if (!runs) row.missing.push(number);
    else if (taken < ways) row.partial.push(number);
  }
  return row;
}

/** @param {Row[]} rows  @returns {Row} */
export const totalOf = (rows) => rows.reduce((sum, row) => (
  { ...sum, lines: add(sum.lines, row.lines), branches: add(sum.branches, row.branches) }
), { file: 'all', lines: { covered: 0, all: 0 }, branches: { covered: 0, all: 0 }, missing: [], partial: [] });

/** Numbers as "3-5, 9". @param {number[]} numbers  ascending */
export function ranges(numbers) {
  /** @type {[number, number][]} */
  const found = [];
  for (const n of numbers) {
    const last = found[found.length - 1];
    if (last && last[1] === n - 1) last[1] = n;
    else found.push([n, n]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** The counted lines that an excuse means. @param {string} excuse  @param {string[]} all  the file's, trimmed  @param {Lines} lines */
function linesOf(excuse, all, lines) {
  const name = /^(\w+)\(\)$/.exec(excuse)?.[1];
  if (name) return [...lines].filter(([, functions]) => functions.has(name)).map(([number]) => number);
  return all.flatMap((line, i) => (line === excuse && lines.has(i + 1) ? [i + 1] : []));
}

/** Numbers of the lines that are excused, and complaints of excuses for lines that do not exist or are fully covered.
 *  @param {string} file  @param {string} text  of the file  @param {Lines} lines  @param {Exceptions} exceptions
 *  @returns {{ excused: Set<number>, complaints: string[] }} */
export function excusedIn(file, text, lines, exceptions) {
  const all = text.split('\n').map((line) => line.trim());
  /** @type {Set<number>} */
  const excused = new Set();
  /** @type {string[]} */
  const complaints = [];
  for (const excuse of Object.values(exceptions).flatMap((files) => files[file] ?? [])) {
    const numbers = linesOf(excuse, all, lines);
    if (numbers.length === 0) complaints.push(`${file}: nothing that is counted is "${excuse}"`);
    else if (numbers.every((number) => isCovered(lines, number))) complaints.push(`${file}: "${excuse}" is excused, but covered`);
    for (const number of numbers) excused.add(number);
  }
  return { excused, complaints };
}

/** @param {Share} share */
const cell = (share) => `${share.covered}/${share.all}`.padStart(10) + `${percent(share).toFixed(1)} %`.padStart(9);

/** @param {Row[]} rows  @returns {string} */
export function tableOf(rows) {
  const width = Math.max(...rows.map(({ file }) => file.length)) + 1;
  const head = `${''.padEnd(width)}${'lines'.padStart(19)}${'branches'.padStart(19)}`;
  return [head, ...rows.map(({ file, lines, branches }) => file.padEnd(width) + cell(lines) + cell(branches))].join('\n');
}

/** @param {Row[]} rows  @returns {string} */
export function gapsOf(rows) {
  return rows.flatMap(({ file, missing, partial }) => [
    ...(missing.length > 0 ? [`${file}: never run: ${ranges(missing)}`] : []),
    ...(partial.length > 0 ? [`${file}: run, but not every way: ${ranges(partial)}`] : []),
  ]).join('\n');
}
