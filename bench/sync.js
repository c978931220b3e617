// Rows of what the primitives cost: queues, locks, events, gather, timeouts.
//
// Each is measured in a process of its own, together with a switch by two tasks. c/sync.c measures that switch in
// the same rounds; then the process measures JavaScript's await by two functions.

import { inNode, syncPeers } from './contenders.js';
import { inTurn } from './figures.js';
import { GOALS, row } from './rows.js';

/** @typedef {import('./tools.js').Tools} Tools
 *  @typedef {import('./contenders.js').Modules} Modules
 *  @typedef {import('./rows.js').Row} Row
 *  @typedef {import('./rows.js').Goal} Goal
 *  @typedef {{ name: string, words: string[], slow: string[], goals: Partial<Record<Peer, Goal>>, await?: string }} Measure
 *    slow: the words for Python, which needs no warming up; await: what JavaScript does instead, if it has it
 *  @typedef {'switch' | 'await' | 'turn' | 'goJs' | 'python'} Peer  turn: an await by two functions, whatever the measure is */

/** Many short rounds, so that nobody disturbs some of them. */
const ROUNDS = '100', TIMES = 2, FEW = '2';
const SWITCH = ['switch', '2', '50000', ROUNDS];

/** @type {Measure[]} */
const MEASURES = [
  {
    name: 'queue item, maxsize 1', words: ['queue', '1', '20000', ROUNDS], slow: ['queue', '1', '20000', FEW],
    goals: { turn: GOALS.queueToAwait },
  },
  {
    name: 'queue item, maxsize 64', words: ['queue', '64', '100000', ROUNDS], slow: ['queue', '64', '100000', FEW],
    goals: { goJs: GOALS.queueToGo },
  },
  {
    name: 'lock and unlock, nobody waits', words: ['lock', '200000', ROUNDS], slow: ['lock', '50000', FEW],
    goals: { switch: GOALS.lockToSwitch },
  },
  { name: 'lock handed over', words: ['handover', '2', '20000', ROUNDS], slow: ['handover', '2', '20000', FEW], goals: { switch: undefined } },
  {
    name: 'event, each of 10,000 waiters', words: ['event', '10000', '2', ROUNDS], slow: ['event', '10000', '2', FEW],
    goals: { switch: undefined }, await: 'await of one promise',
  },
  {
    name: 'gather, each of 10,000 tasks', words: ['gather', '10000', ROUNDS], slow: ['gather', '10000', FEW],
    goals: { switch: undefined }, await: 'Promise.all',
  },
  {
    name: 'timeout around a call that does not suspend', words: ['timeout', '20000', ROUNDS], slow: ['timeout', '20000', FEW],
    goals: { switch: GOALS.timeoutToSwitch },
  },
];

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Row[]>} */
export async function syncRows(tools, modules) {
  const rows = [];
  for (const measure of MEASURES) rows.push(...await measureOne(tools, modules, measure));
  return rows;
}

/** @param {Tools} tools  @param {Modules} modules  @param {Measure} measure  @returns {Promise<Row[]>} */
async function measureOne(tools, modules, { name, words, slow, goals, await: inJavaScript }) {
  const programs = { sync: { file: modules.sync, host: /** @type {const} */ ('js') } };
  const { it, turn } = await inNode(tools.node, programs, [
    { key: 'it', words, programs: ['sync'], times: TIMES },
    { key: 'turn', words: SWITCH, programs: [], times: TIMES },
  ]);
  const { python, ...go } = syncPeers(tools, modules);
  const { goJs } = await inTurn(go, words, 1);
  const inPython = 'python' in syncPeers(tools, modules) ? (await inTurn({ python }, slow, 1)).python : undefined;
  const [figure, aSwitch] = it.sync;
  /** @type {[Peer, string, number | undefined][]} */
  const beside = [
    ['switch', 'a switch, 2 tasks', 'switch' in goals ? aSwitch : undefined],
    ['turn', 'JS await, 2 functions', 'turn' in goals ? turn.await[0] : undefined],
    ['await', `JS ${inJavaScript}`, inJavaScript ? it.await[0] : undefined],
    ['goJs', `${tools.go?.name} js/wasm`, goJs?.[0]],
    ['python', `${tools.python?.name} asyncio`, inPython?.[0]],
  ];
  return beside.flatMap(([key, peer, peerValue]) => (
    peerValue === undefined ? [] : [row(name, `js, ${tools.node.name}`, figure, 'ns', { peer, peerValue, goal: goals[key] })]));
}
