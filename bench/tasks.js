// Rows of what tasks cost in time: switches, spawning, promises, the stack check.

import { inNode, onWasmtime, peers } from './contenders.js';
import { inTurn } from './figures.js';
import { GOALS, row } from './rows.js';

/** @typedef {import('./tools.js').Tools} Tools
 *  @typedef {import('./contenders.js').Modules} Modules
 *  @typedef {import('./rows.js').Row} Row
 *  @typedef {Record<string, Record<string, number[]>>} Figures  the least, by measure and contender */

const ROUNDS = '5', TIMES = 3;
/** How many tasks, and turns of each, so that a round has a million switches. */
const SWITCHES = [['1', '1000000'], ['2', '500000'], ['10000', '100']];
const SPAWN = ['spawn', '300000', ROUNDS];
const FRAMES = ['frames', '20000', ROUNDS];
const CALL = ['call', '50000', ROUNDS];
const PROMISE = ['promise', '100000', ROUNDS];
/** Enough for a task that only switches. Its row shows what the default stacks cost in cache misses. */
const SMALL_STACK = '128';
/** Python is slow and needs no warming up: a tenth of the work. */
const PYTHON_SWITCH = ['switch', '10000', '10', '2'], PYTHON_SPAWN = ['spawn', '30000', '2'];

/** As c/tasks.c has it. */
const FRAME_COUNT = 64;

const AWAIT = 'JS await', FRESH = 'JS await, fresh function';

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Row[]>} */
export async function taskRows(tools, modules) {
  const figures = await measureInNode(tools.node, modules);
  const others = await measureElsewhere(tools, modules);
  const older = tools.olderNode && await measureInNode(tools.olderNode, modules);
  return [
    ...nodeRows(tools.node.name, figures, true),
    ...(tools.wasmtime ? wasmtimeRows(tools.wasmtime.name, figures, others) : []),
    ...peerRows(tools, figures, others),
    ...(tools.olderNode && older ? nodeRows(tools.olderNode.name, older, false) : []),
  ];
}

/** Each measure has a process for bide and its peer, so that no other measure has taught the engine anything.
 *  @param {import('./tools.js').Tool} node  @param {Modules} modules  @returns {Promise<Figures>} */
async function measureInNode(node, { js, wasi, unchecked, promise, calls }) {
  const all = ['js', 'unchecked', 'wasi'];
  const programs = {
    js: { file: js, host: 'js' },
    unchecked: { file: unchecked, host: 'js' },
    wasi: { file: wasi, host: 'wasi' },
    promise: { file: promise, host: 'js' },
    calls: { file: calls, host: 'calls' },
  };
  const measures = [
    ...SWITCHES.map(([tasks, turns]) => ({ key: `switch ${tasks}`, words: ['switch', tasks, turns, ROUNDS], programs: all, times: TIMES })),
    { key: 'small', words: ['switch', ...SWITCHES[2], ROUNDS, SMALL_STACK], programs: ['js'], times: TIMES },
    { key: 'spawn', words: SPAWN, programs: all, times: TIMES },
    { key: 'frames', words: FRAMES, programs: ['js'], times: TIMES },
    { key: 'promise', words: PROMISE, programs: ['promise'], times: TIMES },
    { key: 'call', words: CALL, programs: ['calls'], times: TIMES },
  ];
  /** @type {Figures} */
  const figures = {};
  for (const measure of measures) Object.assign(figures, await inNode(node, programs, [measure]));
  return figures;
}

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Figures>} */
async function measureElsewhere(tools, modules) {
  const bide = onWasmtime(tools, modules), { python, ...go } = peers(tools, modules);
  const inPython = python ? { python } : {};
  /** @type {Figures} */
  const figures = {};
  for (const [tasks, turns] of SWITCHES) {
    figures[`switch ${tasks}`] = await inTurn(tasks === '10000' ? { ...bide, ...go } : bide, ['switch', tasks, turns, ROUNDS], 2);
  }
  figures.spawn = await inTurn({ ...bide, ...go }, SPAWN, 2);
  Object.assign(figures['switch 10000'], await inTurn(inPython, PYTHON_SWITCH, 2));
  Object.assign(figures.spawn, await inTurn(inPython, PYTHON_SPAWN, 2));
  return figures;
}

/** @param {string} tasks */
function switchName(tasks) {
  return `switch, ${Number(tasks).toLocaleString('en')} task${tasks === '1' ? '' : 's'}`;
}

/** @param {string} node  @param {Figures} f  @param {boolean} judged  the goals are for the newer Node
 *  @returns {Row[]} */
function nodeRows(node, f, judged) {
  const goal = (/** @type {import('./rows.js').Goal} */ g) => (judged ? g : undefined);
  const beside = (/** @type {string} */ key, /** @type {string} */ name, /** @type {string} */ peer, /** @type {object} */ more) => [
    row(name, `js, ${node}`, f[key].js[0], 'ns', { peer, peerValue: f[key].await[0], ...more }),
    ...(f[key].wasi ? [row(name, `node:wasi, ${node}`, f[key].wasi[0], 'ns', { peer, peerValue: f[key].await[0] })] : []),
  ];
  const unchecked = (/** @type {string} */ key, /** @type {string} */ name) => (
    row(name, `js, ${node}`, f[key].js[0], 'ns', { peer: 'bide without stack check', peerValue: f[key].unchecked[0] }));
  return [
    ...SWITCHES.flatMap(([tasks]) => (
      beside(`switch ${tasks}`, switchName(tasks), AWAIT, { goal: tasks === '10000' ? goal(GOALS.switchToAwait) : undefined }))),
    ...beside('small', switchName('10000'), AWAIT, { note: `stacks of ${SMALL_STACK} bytes` }),
    ...beside('spawn', 'spawn + join', FRESH, { goal: goal(GOALS.spawnToAwait) }),
    row(`switch below ${FRAME_COUNT} C functions, each more`, `js, ${node}`, (f.frames.js[1] - f.frames.js[0]) / FRAME_COUNT, 'ns', { goal: goal(GOALS.frame) }),
    row('await of a resolved promise', `js, ${node}`, f.promise.promise[0], 'ns', { peer: AWAIT, peerValue: f.promise.await[0] }),
    row('await of a resolved promise, beyond JS await', `js, ${node}`, f.promise.promise[0] - f.promise.await[0], 'ns', {
      goal: judged ? GOALS.promise : GOALS.promiseNode20,
    }),
    row('await of an exported function', `js, ${node}`, f.call.calls[0], 'ns', {
      peer: `${AWAIT}, async function`, peerValue: f.call.await[0], goal: judged ? GOALS.callToAsync : GOALS.callToAsyncNode20,
    }),
    ...SWITCHES.map(([tasks]) => unchecked(`switch ${tasks}`, switchName(tasks))),
    unchecked('spawn', 'spawn + join'),
  ];
}

/** JavaScript's figures are those of Node.
 *  @param {string} host  @param {Figures} f  @param {Figures} elsewhere  @returns {Row[]} */
function wasmtimeRows(host, f, elsewhere) {
  const beside = (/** @type {string} */ key, /** @type {string} */ name, /** @type {string} */ peer) => (
    row(name, host, elsewhere[key].wasmtime[0], 'ns', { peer: `${peer}, in Node`, peerValue: f[key].await[0] }));
  return [...SWITCHES.map(([tasks]) => beside(`switch ${tasks}`, switchName(tasks), AWAIT)), beside('spawn', 'spawn + join', FRESH)];
}

/** @param {Tools} tools  @param {Figures} f  @param {Figures} elsewhere  @returns {Row[]} */
function peerRows({ node, wasmtime, go, python }, f, elsewhere) {
  return [['switch 10000', switchName('10000')], ['spawn', 'spawn + join']].flatMap(([key, name]) => {
    const { goJs, goWasi, python: py, wasmtime: ours } = elsewhere[key];
    const goal = key === 'spawn' ? undefined : GOALS.switchToGo;
    const inJs = (/** @type {string} */ peer, /** @type {number} */ peerValue, /** @type {object} */ more = {}) => (
      row(name, `js, ${node.name}`, f[key].js[0], 'ns', { peer, peerValue, ...more }));
    return [
      ...(goJs ? [inJs(`${go?.name} js/wasm`, goJs[0], { goal })] : []),
      ...(goWasi ? [row(name, wasmtime?.name ?? '', ours[0], 'ns', { peer: `${go?.name} wasip1`, peerValue: goWasi[0] })] : []),
      ...(py ? [inJs(`${python?.name} asyncio`, py[0])] : []),
    ];
  });
}
