// Rows of 100,000 tasks that sleep for 1 s at once: the time beyond that second, and the memory.

import { inNode, onWasmtime, peers } from './contenders.js';
import { inTurn } from './figures.js';
import { GOALS, row } from './rows.js';

/** @typedef {import('./tools.js').Tools} Tools
 *  @typedef {import('./contenders.js').Modules} Modules
 *  @typedef {import('./rows.js').Row} Row */

const WORDS = ['sleepers', '100000'], TIMES = 2;
/** Stack sizes in bytes: the least there is, which a task that only sleeps doesn't fill; twice that; the default. */
const STACKS = ['256', '512', ''];
const TIME = '100,000 sleepers, time beyond 1 s', MEMORY = '100,000 sleepers, linear memory';

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Row[]>} */
export async function sleeperRows(tools, modules) {
  const { node, wasmtime } = tools;
  const others = await inTurn(peers(tools, modules), WORDS, TIMES);
  const rows = [];
  for (const stack of STACKS) {
    const words = [...WORDS, ...(stack ? [stack] : [])];
    const { js, await: promises } = await measureInNode(node, modules, words);
    rows.push(...bideRows(`js, ${node.name}`, stack, js, `${tools.go?.name} js/wasm`, others.goJs, stack === STACKS[0]));
    const timeOnly = { 'JS promises of setTimeout': promises, [`${tools.python?.name} asyncio`]: others.python };
    if (stack === STACKS[0]) rows.push(...otherRows(`js, ${node.name}`, stack, js, timeOnly));
    const elsewhere = await inTurn(onWasmtime(tools, modules), words, TIMES);
    if (wasmtime) rows.push(...bideRows(wasmtime.name, stack, elsewhere.wasmtime, `${tools.go?.name} wasip1`, others.goWasi, false));
  }
  return rows;
}

/** @param {import('./tools.js').Tool} node  @param {Modules} modules  @param {string[]} words */
async function measureInNode(node, { js }, words) {
  const { it } = await inNode(node, { js: { file: js, host: 'js' } }, [{ key: 'it', words, programs: ['js'], times: TIMES }]);
  return it;
}

/** @param {string} host  @param {string} stack  @param {number[]} figures  @param {string} go  @param {number[] | undefined} gos
 *  @param {boolean} judged  @returns {Row[]} */
function bideRows(host, stack, [ms, bytes, used], go, gos, judged) {
  const more = { note: stack ? `stacks of ${stack} bytes, ${used} used` : 'default stacks', peer: gos && go };
  return [
    row(TIME, host, ms, 'ms', { ...more, peerValue: gos?.[0], goal: judged ? GOALS.sleepersTime : undefined }),
    row(MEMORY, host, bytes / 1e6, 'MB', { ...more, peerValue: gos && gos[1] / 1e6, goal: judged ? GOALS.sleepersMemory : undefined }),
  ];
}

/** Peers of which only the time can be compared.
 *  @param {string} host  @param {string} stack  @param {number[]} figures  @param {Record<string, number[] | undefined>} others
 *  @returns {Row[]} */
function otherRows(host, stack, [ms], others) {
  return Object.entries(others).flatMap(([peer, figures]) => (
    figures ? [row(TIME, host, ms, 'ms', { peer, peerValue: figures[0], note: `stacks of ${stack} bytes` })] : []));
}
