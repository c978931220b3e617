// The table in the README of what the package works with. run.js writes it, the test reads it.

/** @typedef {{ tool: string, version: string, package: string[], 'app.mjs': string[] }} Row  names of ways, by subject */

const BEGIN = '<!-- made by ./build.sh anywhere -->\n', END = '<!-- the end -->\n';
const HEAD = '| | | `bide` | `app.mjs` |\n|---|---|---|---|\n';

/** @param {string} readme  @returns {Row[]} */
export function readTable(readme) {
  const lines = between(readme).split('\n').filter((line) => line.startsWith('| ') && !HEAD.includes(line));
  return lines.map((line) => {
    const [tool, version, ...ways] = line.split('|').slice(1, -1).map((cell) => cell.trim());
    const [first, second] = ways.map((cell) => cell.split(' · ').filter(Boolean));
    return { tool, version, package: first, 'app.mjs': second };
  });
}

/** @param {string} readme  @param {Row[]} rows  @returns {string} the README with this table */
export function writeTable(readme, rows) {
  const lines = rows.map((row) => `| ${row.tool} | ${row.version} | ${row.package.join(' · ')} | ${row['app.mjs'].join(' · ')} |\n`);
  return readme.replace(between(readme), () => HEAD + lines.join(''));
}

/** @param {string} readme */
function between(readme) {
  const from = readme.indexOf(BEGIN) + BEGIN.length, to = readme.indexOf(END, from);
  if (from < BEGIN.length || to < 0) throw new Error(`README.md has no table between ${BEGIN.trim()} and ${END.trim()}`);
  return readme.slice(from, to);
}
