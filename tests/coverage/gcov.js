// What gcov counted, by source file. A header's functions are counted in each
// object that has them; here they are added up.

import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mustRun } from '../support/process.js';

/** @typedef {{ line_number: number, function_name?: string, count: number, branches: { count: number }[] }} GcovLine */
/** @typedef {{ current_working_directory: string, files: { file: string, lines: GcovLine[] }[] }} GcovReport  as gcov prints it */
/** @typedef {{ count: number, branches: number[] }} Line  how often the line ran, and each way out of it was taken */
/** @typedef {Map<number, Map<string, Line>>} Lines  by number, then by function: a macro may put two on one line */

/** @param {string} dir  where objects were compiled and programs ran
 *  @returns {Promise<GcovReport[]>} a report for each object */
export async function readCounts(dir) {
  const objects = readdirSync(dir).filter((name) => name.endsWith('.gcno'));
  const { stdout } = await mustRun('gcov', ['--json-format', '--stdout', '--branch-probabilities', ...objects], { cwd: dir });
  return stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** @param {Lines} lines  @param {GcovLine} gcovLine */
function addLine(lines, { line_number: number, function_name: name = '', count, branches }) {
  const functions = lines.get(number) ?? new Map();
  const before = functions.get(name) ?? { count: 0, branches: [] };
  const counts = branches.map((branch, i) => branch.count + (before.branches[i] ?? 0));
  functions.set(name, { count: before.count + count, branches: counts });
  lines.set(number, functions);
}

/** @param {GcovReport[]} reports  @param {string} folder  only sources below it
 *  @returns {Map<string, Lines>} by path below the folder's parent, sorted */
export function addUp(reports, folder) {
  /** @type {Map<string, Lines>} */
  const files = new Map();
  for (const { current_working_directory: cwd, files: sources } of reports) {
    for (const { file, lines } of sources) {
      const path = resolve(cwd, file);
      if (!path.startsWith(`${folder}/`)) continue;
      const name = path.slice(join(folder, '..').length + 1);
      const known = files.get(name) ?? new Map();
      for (const line of lines) addLine(known, line);
      files.set(name, known);
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
