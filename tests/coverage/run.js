// `./build.sh coverage`: which lines and branches of src/ the suite reaches on this machine.
//
// It runs every program of the suite that runs natively, with each allocation
// failing in turn, and the fuzzer's corpus. Exit code 1 if less is covered than
// summary.js demands, if a program fails, or if tests/coverage-exceptions.json
// excuses what it need not.

import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findOnPath } from '../../js/cli/run_wasi.js';
import { withoutSanitizerNotes } from '../support/native.js';
import { root } from '../support/paths.js';
import { inParallel, runProcess } from '../support/process.js';
import { findTool } from '../support/tools.js';
import { buildCountedCore, dir } from './core.js';
import { addUp, readCounts } from './gcov.js';
import { runsOf } from './programs.js';
import { excusedIn, gapsOf, LEAST_BRANCHES, LEAST_LINES, percent, rowOf, tableOf, totalOf } from './summary.js';

const EXCEPTIONS = join(root, 'tests/coverage-exceptions.json');

/** Without leak checks: the tests themselves find leaks, and here the checks would only take time. */
const env = { BIDE_VIRTUAL_TIME: '1', ASAN_OPTIONS: 'detect_leaks=0' };

const SKIPPED = 77;

/** @param {string} message */
function giveUp(message) {
  console.error(`build.sh: ${message}`);
  process.exit(1);
}

/** Run a program; a complaint if it does not end as it should. @param {import('./programs.js').Run} run  @returns {Promise<string[]>} */
async function complaintsOf({ what, executable, args, stdin, dir, code: expected = 0, env: own }) {
  const { code, signal, stderr, stdout } = await runProcess(executable, args, { env: { ...env, ...own }, stdin, cwd: dir, timeout: 600_000 });
  if (code === expected || code === SKIPPED) return [];
  return [`${what} ended with ${code ?? signal}\n${stdout.slice(-500)}${withoutSanitizerNotes(stderr).slice(-1000)}`];
}

/** @param {Map<string, import('./gcov.js').Lines>} files */
function summarise(files) {
  /** @type {import('./summary.js').Exceptions} */
  const exceptions = existsSync(EXCEPTIONS) ? JSON.parse(readFileSync(EXCEPTIONS, 'utf8')) : {};
  const unknown = Object.values(exceptions).flatMap(Object.keys).filter((file) => !files.has(file));
  const results = [...files].map(([file, lines]) => {
    const { excused, complaints } = excusedIn(file, readFileSync(join(root, file), 'utf8'), lines, exceptions);
    return { row: rowOf(file, lines, excused), complaints };
  });
  return {
    rows: results.map(({ row }) => row),
    complaints: [...unknown.map((file) => `${file}: no such file`), ...results.flatMap(({ complaints }) => complaints)],
  };
}

if (!findTool('native').path) giveUp(findTool('native').reason);
if (!findOnPath('gcov')) giveUp('no gcov on PATH; it comes with gcc');

const runs = await runsOf(await buildCountedCore());
console.log(`${runs.length} programs`);
const failures = (await inParallel(runs, complaintsOf, availableParallelism())).flat();
const { rows, complaints } = summarise(addUp(await readCounts(dir), join(root, 'src')));
const total = totalOf(rows);
console.log(`${tableOf([...rows, total])}\n\n${gapsOf(rows)}`);
const enough = percent(total.lines) >= LEAST_LINES && percent(total.branches) >= LEAST_BRANCHES;
if (!enough) complaints.push(`coverage is below ${LEAST_LINES} % of lines or ${LEAST_BRANCHES} % of branches`);
for (const complaint of [...failures, ...complaints]) console.error(complaint);
process.exit(failures.length + complaints.length > 0 ? 1 : 0);
