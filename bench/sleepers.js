// Rows of 100,000 tasks that sleep for 1 s at once, and of a million: the time beyond that second, and the memory.

import { inNode, onWasmtime, peers } from './contenders.js';
import { inTurn } from './figures.js';
import { GOALS, row } from './rows.js';

/** @typedef {import('./tools.js').Tools} Tools
 *  @typedef {import('./contenders.js').Modules} Modules
 *  @typedef {import('./rows.js').Row} Row */

const WORDS = ['sleepers', '100000'], TIMES = 2;
/** Stack sizes in bytes: the least there is, which a task that only sleeps doesn't fill; twice that; the default. */
const STACKS = ['128', '256', ''];
const TIME = 'sleepers, time beyond 1 s', MEMORY = 'sleepers, linear memory';
/** For a million. Python would need minutes. */
const MANY = ['sleepers', '1000000'];

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Row[]>} */
export async function sleeperRows(tools, modules) {
  const { node, wasmtime } = tools;
  const others = await inTurn(peers(tools, modules), WORDS, TIMES);
  const rows = await millionRows(tools, modules);
  for (const stack of STACKS) {
    const words = [...WORDS, ...(stack ? [stack] : [])];
    const { js, await: promises } = await measureInNode(node, modules, words);
    rows.push(...bideRows('100,000', `js, ${node.name}`, stack, js, `${tools.go?.name} js/wasm`, others.goJs, stack === STACKS[0] ? LIMITS : {}));
    const timeOnly = { 'JS promises of setTimeout': promises, [`${tools.python?.name} asyncio`]: others.python };
    if (stack === STACKS[0]) rows.push(...otherRows('100,000', `js, ${node.name}`, stack, js, timeOnly));
    const elsewhere = await inTurn(onWasmtime(tools, modules), words, TIMES);
    if (wasmtime) rows.push(...bideRows('100,000', wasmtime.name, stack, elsewhere.wasmtime, `${tools.go?.name} wasip1`, others.goWasi, {}));
  }
  return rows;
}

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Row[]>} */
async function millionRows(tools, modules) {
  const { node, go } = tools, host = `js, ${node.name}`, stack = STACKS[0];
  const { js, await: promises } = await measureInNode(node, modules, [...MANY, stack]);
  /** @type {Partial<Record<string, import('./figures.js').Contender>>} */
  const { goJs } = peers(tools, modules);
  const gos = goJs && (await inTurn({ goJs }, MANY, 1)).goJs;
  return [
    ...bideRows('1,000,000', host, stack, js, `${go?.name} js/wasm`, gos, { time: GOALS.millionTime, memory: GOALS.millionMemory }),
    ...otherRows('1,000,000', host, stack, js, { 'JS promises of setTimeout': promises }),
  ];
}

/** @param {import('./tools.js').Tool} node  @param {Modules} modules  @param {string[]} words */
async function measureInNode(node, { js }, words) {
  const { it } = await inNode(node, { js: { file: js, host: 'js' } }, [{ key: 'it', words, programs: ['js'], times: TIMES }]);
  return it;
}

/** The goals for 100,000. */
const LIMITS = { time: GOALS.sleepersTime, memory: GOALS.sleepersMemory };

/** @param {string} count  @param {string} host  @param {string} stack  @param {number[]} figures
 *  @param {string} go  @param {number[] | undefined} gos
 *  @param {{ time?: import('./rows.js').Goal, memory?: import('./rows.js').Goal }} goals  @returns {Row[]} */
function bideRows(count, host, stack, [ms, bytes, used], go, gos, goals) {
  const more = { note: stack ? `stacks of ${stack} bytes, ${used} used` : 'default stacks', peer: gos && go };
  return [
    row(`${count} ${TIME}`, host, ms, 'ms', { ...more, peerValue: gos?.[0], goal: goals.time }),
    row(`${count} ${MEMORY}`, host, bytes / 1e6, 'MB', { ...more, peerValue: gos && gos[1] / 1e6, goal: goals.memory }),
  ];
}

/** Peers of which only the time can be compared.
 *  @param {string} count  @param {string} host  @param {string} stack  @param {number[]} figures
 *  @param {Record<string, number[] | undefined>} others  @returns {Row[]} */
function otherRows(count, host, stack, [ms], others) {
  return Object.entries(others).flatMap(([peer, figures]) => (
    figures ? [row(`${count} ${TIME}`, host, ms, 'ms', { peer, peerValue: figures[0], note: `stacks of ${stack} bytes` })] : []));
}
