// What a switch costs while the tasks become many: rows, and a picture of it, growth.svg.

import { writeFileSync } from 'node:fs';
import { inNode, peers } from './contenders.js';
import { inTurn } from './figures.js';
import { picture } from './picture.js';
import { here } from './programs.js';
import { GOALS, row } from './rows.js';

/** @typedef {import('./tools.js').Tools} Tools
 *  @typedef {import('./contenders.js').Modules} Modules
 *  @typedef {import('./rows.js').Row} Row */

const COUNTS = [10, 100, 1000, 10_000, 100_000, 1_000_000];
/** The least stack: a million of the default size don't fit into a memory of 4 GB. */
const STACK = '128';
/** So many tasks as they can measure in a few seconds. */
const GO_UP_TO = 100_000, PYTHON_UP_TO = 100_000;

/** So many turns that the tasks' end doesn't count. The rounds are short, so nobody disturbs some of them. @param {number} tasks */
const turnsOf = (tasks) => String(Math.max(20, 100_000 / tasks));
/** @param {number} tasks */
const roundsOf = (tasks) => (tasks < 100_000 ? '40' : '3');

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Row[]>} */
export async function growthRows(tools, modules) {
  const lines = await measureAll(tools, modules);
  writeFileSync(here('growth.svg'), picture('Cost of a switch, ns', 'tasks that take turns', lines));
  const { bide } = lines, [few, ...more] = bide, host = `js, ${tools.node.name}`;
  const name = (/** @type {number} */ tasks) => `switch, ${tasks.toLocaleString('en')} tasks`;
  return more.flatMap(([tasks, figure], i) => [
    row(name(tasks), host, figure, 'ns', {
      peer: `${few[0]} tasks`, peerValue: few[1], note: `stacks of ${STACK} bytes`, goal: tasks === COUNTS.at(-1) ? GOALS.growth : undefined,
    }),
    ...Object.entries(lines).flatMap(([peer, points]) => (
      peer === 'bide' || !points[i + 1] ? [] : [row(name(tasks), host, figure, 'ns', { peer, peerValue: points[i + 1][1], note: `stacks of ${STACK} bytes` })])),
  ]);
}

/** Each figure as [tasks, ns], by contender.
 *  @param {Tools} tools  @param {Modules} modules  @returns {Promise<Record<string, [number, number][]>>} */
async function measureAll(tools, modules) {
  /** @type {Partial<Record<string, import('./figures.js').Contender>>} */
  const { goJs, python } = peers(tools, modules);
  const goName = `${tools.go?.name} js/wasm`, pythonName = `${tools.python?.name} asyncio`;
  /** @type {Record<string, [number, number][]>} */
  const lines = { bide: [], 'JS await': [], ...(goJs ? { [goName]: [] } : {}), ...(python ? { [pythonName]: [] } : {}) };
  for (const tasks of COUNTS) {
    const { it } = await inNode(tools.node, { bide: { file: modules.js, host: 'js' } }, [
      { key: 'it', words: ['switch', `${tasks}`, turnsOf(tasks), roundsOf(tasks), STACK], programs: ['bide'], times: 2 }]);
    lines.bide.push([tasks, it.bide[0]]);
    lines['JS await'].push([tasks, it.await[0]]);
    if (goJs && tasks <= GO_UP_TO) lines[goName].push([tasks, (await inTurn({ goJs }, ['switch', `${tasks}`, turnsOf(tasks), roundsOf(tasks)], 1)).goJs[0]]);
    if (python && tasks <= PYTHON_UP_TO) lines[pythonName].push([tasks, await inPython(python, tasks)]);
  }
  return lines;
}

/** Half a million switches at most: Python is slow, and needs no warming up.
 *  @param {import('./figures.js').Contender} python  @param {number} tasks */
async function inPython(python, tasks) {
  const { python: [figure] } = await inTurn({ python }, ['switch', `${tasks}`, String(Math.max(5, 100_000 / tasks)), '1'], 1);
  return figure;
}
