// `./build.sh bench`: measures, prints the table, writes results.json beside this file. README.md tells how to read it.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { borderRows } from './border.js';
import { computingRows } from './computing.js';
import { compileC, compileGo, compileVal, here } from './programs.js';
import { growthRows } from './growth.js';
import { GOALS } from './rows.js';
import { sizeRows } from './sizes.js';
import { sleeperRows } from './sleepers.js';
import { startupRows } from './startup.js';
import { syncRows } from './sync.js';
import { table } from './table.js';
import { taskRows } from './tasks.js';
import { findTools, goExec, missing } from './tools.js';

/** Minutes that no machine should need. */
const LIMIT = 20;

const begun = Date.now();
const tools = findTools();
for (const line of missing(tools)) process.stderr.write(`bench: no ${line}\n`);

/** Each runs on its own, so one that fails leaves the others their figures. */
const SECTIONS = /** @type {const} */ ([
  ['tasks', async () => taskRows(tools, await modules())],
  ['the border', async () => borderRows(tools, await modules())],
  ['primitives', async () => syncRows(tools, await modules())],
  ['growth', async () => growthRows(tools, await modules())],
  ['computing', () => computingRows(tools)],
  ['sleepers', async () => sleeperRows(tools, await modules())],
  ['sizes', () => sizeRows(tools)],
  ['start-up', () => startupRows()],
]);

setTimeout(() => {
  say(`no end after ${LIMIT} minutes`);
  process.exit(1);
}, LIMIT * 60e3).unref();

const rows = [];
for (const [name, measure] of SECTIONS) {
  say(`measuring ${name} ...`);
  try {
    rows.push(...await measure());
  } catch (error) {
    process.exitCode = 1;
    say(`${name} could not be measured: ${/** @type {Error} */ (error).message}`);
  }
}
process.stdout.write(`\n${table(rows)}\n${verdict(rows)}\n`);
const processor = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
writeFileSync(here('results.json'), `${JSON.stringify({ date: new Date().toISOString(), processor, versions: versions(), rows }, null, 1)}\n`);

/** @returns {Promise<import('./contenders.js').Modules>} */
async function modules() {
  const tasks = here('c/tasks.c'), { go, emscripten } = tools;
  return {
    js: await compileC(tasks, 'js'),
    wasi: await compileC(tasks, 'wasi'),
    unchecked: await compileC(tasks, 'js', { stackCheck: false }),
    promise: await compileC(here('c/promises.c'), 'js'),
    calls: await compileC(here('c/calls.c'), 'js', { mainOptional: true }),
    border: await compileC(here('c/border.c'), 'js', { mainOptional: true }),
    sync: await compileC(here('c/sync.c'), 'js'),
    ...(emscripten ? { val: await compileVal(emscripten, here('peers/val.cpp')) } : {}),
    ...(go ? {
      goJs: await compileGo(go, here('peers/tasks.go'), 'js'),
      goWasi: await compileGo(go, here('peers/tasks.go'), 'wasip1'),
      goSync: await compileGo(go, here('peers/sync.go'), 'js'),
      goExec: goExec(go),
    } : {}),
  };
}

/** Goals without a figure count as well. @param {import('./rows.js').Row[]} all */
function verdict(all) {
  const count = (/** @type {string} */ word) => all.filter((row) => row.verdict === word).length;
  const unmeasured = Object.keys(GOALS).length - count('MET') - count('MISSED');
  return `of ${Object.keys(GOALS).length} goals: ${count('MET')} met, ${count('MISSED')} missed, ${unmeasured} not measured`;
}

function versions() {
  return Object.values(tools).flatMap((tool) => (tool ? [tool.name] : []));
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`bench: [${((Date.now() - begun) / 1e3).toFixed(0)} s] ${text}\n`);
}
