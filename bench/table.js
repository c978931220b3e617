// The table: the rows that have a goal, then the others. Ratios come first, since they mean the same on every machine.

/** @typedef {import('./rows.js').Row} Row */

const HEAD = ['', 'host', 'ratio', 'must / aim', '', 'bide', 'peer\'s', 'peer'];
const LEFT = new Set([0, 1, 4, 7]);      // columns of text; the others are numbers

/** @param {Row[]} rows  @returns {string} */
export function table(rows) {
  const held = rows.filter((row) => row.goal), others = rows.filter((row) => !row.goal);
  const lines = [HEAD, ...[...held, ...others].map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const pad = (/** @type {string} */ cell, /** @type {number} */ i) => (LEFT.has(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const print = (/** @type {string[]} */ line) => line.map(pad).join('  ').trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const [head, ...body] = lines.map(print);
  return [head, rule, ...body.slice(0, held.length), rule, ...body.slice(held.length), ''].join('\n');
}

/** @param {Row} row  @returns {string[]} */
function cells({ name, host, value, unit, peer, peerValue, ratio, goal, verdict, aimReached, note }) {
  const limit = (/** @type {number} */ n) => (goal?.of === 'ratio' ? formatRatio(n) : format(n, unit));
  return [
    note ? `${name} (${note})` : name, host,
    ratio === undefined ? '' : formatRatio(ratio), goal ? `${limit(goal.must)} / ${limit(goal.aim)}` : '',
    verdict ? `${verdict}${aimReached ? ', aim too' : ''}` : '',
    format(value, unit), peerValue === undefined ? '' : format(peerValue, unit), peer ?? '',
  ];
}

/** A small ratio reads better upside down. @param {number} ratio */
function formatRatio(ratio) {
  return ratio < 0.1 ? `1/${Math.round(1 / ratio)}` : ratio.toFixed(2);
}

/** @param {number} value  @param {import('./rows.js').Unit} unit */
function format(value, unit) {
  const digits = unit === 'bytes' || unit === 'handles' || Math.abs(value) >= 100 ? 0 : Math.abs(value) < 10 ? 2 : 1;
  return `${value.toFixed(digits).replace(/\B(?=(\d{3})+$)/g, ',')} ${unit}`;
}
