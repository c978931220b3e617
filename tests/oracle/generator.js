// Random asyncio programs in the format that tests/c/scenario.c reads. The same seed gives the same program.
//
// Some have a theme, whose operations come most often. Some are duels, with few bodies and a main that acts in bursts.
// Times are small, so that much happens in the same turn.

/** @typedef {ReturnType<typeof dice>} Dice
 *  @typedef {{ slots: number, handles: number, locks: number, events: number, futures: number, bodies: number,
 *    semaphores: number[][], conditions: number[], queues: number[], barriers: number[], maxTasks: number, maxCalls: number }} Objects
 *  @typedef {{ lines: string[], id: number, left: number, dice: Dice, objects: Objects, weights: Record<string, number>, times: (number | null)[] }} Draft */

const THEMES = {
  tasks: 'spawn cancel await gather wait wait_for shield asc on_done cancel_self uncancel cancelling state fut_set fut_exc fut_new sleep',
  scopes: 'timeout tg tg_spawn resched wait_for_call try cancel_main call uncancel sleep raise cancel_self',
  locks: 'lock sem cond cond_wait notify release barrier barrier_abort barrier_reset ev_wait ev_set ev_clear',
  queues: 'put get put_nowait get_nowait task_done join q_shutdown',
  loop: 'soon later hcancel on_done sleep log',
};
const WHATEVER = 'log return spawn tg_spawn sleep await barrier';
/** Weights of operations that would end or stop too much if they came as often as the others. */
const RARE = { raise: 0.4, return: 0.25, q_shutdown: 0.25, cancel_main: 0.3, cancel_self: 0.4, barrier_abort: 0.3 };
const IN_CALLBACKS = 'log ev_set ev_clear fut_set fut_exc cancel put_nowait get_nowait task_done release'.split(' ');
const IN_BURSTS = 'cancel cancel put_nowait get_nowait release notify ev_set ev_clear fut_set fut_exc task_done q_shutdown barrier_reset state'.split(' ');
const BLOCKS = 'lock sem cond timeout tg try'.split(' '), CALLBACKS = 'soon later on_done'.split(' '), OF_BODIES = 'spawn tg_spawn call wait_for_call'.split(' ');
/** What belongs into a block, by its kind. @type {Record<string, string[]>} */
const INSIDE = { cond: ['cond_wait', 'notify'], tg: ['tg_spawn'], timeout: ['sleep', 'resched'] };
const ERRORS = ['ValueError', 'LookupError', 'RuntimeError', 'CancelledError'], MODES = ['all', 'first', 'exc'];
const DEEPEST = 4;

/** @param {number} seed */
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {      // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (/** @type {number} */ least, /** @type {number} */ most) => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    below: (/** @type {number} */ n) => between(0, n - 1),
    happens: (/** @type {number} */ probability) => next() < probability,
    /** @template T @param {readonly T[]} all @returns {T} */
    one: (all) => all[between(0, all.length - 1)],
    /** @template T @param {number} n @param {() => T} make @returns {T[]} */
    many: (n, make) => Array.from({ length: n }, make),
    /** @param {Record<string, number>} weights */
    weighted(weights) {
      let left = next() * Object.values(weights).reduce((a, b) => a + b, 0);
      return Object.keys(weights).find((key) => (left -= weights[key]) < 0) ?? 'sleep';
    },
  };
}

/** @param {Dice} d  @param {boolean} isDuel  @returns {Objects} */
function objectsOf(d, isDuel) {
  const locks = d.between(1, 2);
  return {
    locks, slots: d.between(1, 8), handles: d.between(1, 4), events: d.between(1, 2), futures: d.between(1, 5),
    bodies: isDuel ? d.between(2, 4) : d.between(2, 9),
    semaphores: d.many(d.between(1, 2), () => [d.between(0, 3), d.below(2)]),
    conditions: d.many(d.between(1, 2), () => d.between(-1, locks - 1)),
    queues: d.many(d.between(1, 2), () => d.one([0, 1, 1, 2, 3])),
    barriers: d.many(d.between(1, 2), () => d.between(1, 3)),
    maxTasks: d.one([24, 24, 24, 3, 6]), maxCalls: d.one([16, 16, 2]),
  };
}

/** @param {Dice} d  @param {boolean} isDuel  @returns {Record<string, number>} */
function weightsOf(d, isDuel) {
  const names = Object.keys(THEMES), often = [d.one(names), ...(isDuel ? [d.one(names)] : [])];
  /** @type {Record<string, number>} */
  const weights = {};
  for (const [theme, words] of Object.entries(THEMES)) {
    for (const word of words.split(' ')) weights[word] = Math.max(weights[word] ?? 0, often.includes(theme) ? 5 : 1);
  }
  for (const word of WHATEVER.split(' ')) weights[word] ??= 1;
  for (const [word, part] of Object.entries(RARE)) weights[word] *= part;
  return weights;
}

/** The arguments of an operation in body `b`. @type {Record<string, (draft: Draft, b: number) => unknown[]>} */
const ARGUMENTS = {
  log: ({ dice: d }) => [d.below(10)], return: ({ dice: d }) => [d.below(10)], raise: ({ dice: d }) => [d.one(ERRORS)],
  cancel: (t) => [item(t)], state: (t) => [item(t)], on_done: (t) => [item(t)], await: (t) => [item(t)], shield: (t) => [item(t)],
  ev_set: (t) => [t.dice.below(t.objects.events)], ev_clear: (t) => [t.dice.below(t.objects.events)], ev_wait: (t) => [t.dice.below(t.objects.events)],
  fut_set: (t) => [t.dice.below(t.objects.futures), t.dice.below(10)],
  fut_exc: (t) => [t.dice.below(t.objects.futures)], fut_new: (t) => [t.dice.below(t.objects.futures)],
  put: (t) => [queue(t), t.dice.below(10)], put_nowait: (t) => [queue(t), t.dice.below(10)],
  get: (t) => [queue(t)], get_nowait: (t) => [queue(t)], task_done: (t) => [queue(t)], join: (t) => [queue(t)], q_shutdown: (t) => [queue(t), t.dice.below(2)],
  release: (t) => [t.dice.below(t.objects.semaphores.length)], sem: (t) => [t.dice.below(t.objects.semaphores.length)],
  notify: (t) => [condition(t), t.dice.between(0, 3)], cond: (t) => [condition(t)], cond_wait: (t) => [condition(t)],
  lock: (t) => [t.dice.below(t.objects.locks)],
  barrier: (t) => [barrier(t)], barrier_abort: (t) => [barrier(t)], barrier_reset: (t) => [barrier(t)],
  sleep: (t) => [delay(t)], later: (t) => [delay(t), t.dice.below(t.objects.handles)], hcancel: (t) => [t.dice.below(t.objects.handles)],
  timeout: (t) => [limit(t)], resched: (t) => [limit(t)],
  spawn: (t, b) => [body(t, b), t.dice.below(t.objects.slots), Number(t.dice.happens(0.25))],
  tg_spawn: (t, b) => ARGUMENTS.spawn(t, b),
  call: (t, b) => [body(t, b)], wait_for_call: (t, b) => [body(t, b), limit(t)],
  gather: (t) => [t.dice.below(2), ...items(t)], wait: (t) => [t.dice.one(MODES), limit(t), ...items(t)],
  wait_for: (t) => [item(t), limit(t)], asc: (t) => [limit(t), ...items(t)],
};

const item = (/** @type {Draft} */ { dice: d, objects: o }) => (d.happens(0.7) ? d.below(o.slots) : -1 - d.below(o.futures));
const items = (/** @type {Draft} */ t) => { const all = t.dice.many(t.dice.between(1, 4), () => item(t)); return [all.length, ...all]; };
const queue = (/** @type {Draft} */ t) => t.dice.below(t.objects.queues.length);
const condition = (/** @type {Draft} */ t) => t.dice.below(t.objects.conditions.length);
const barrier = (/** @type {Draft} */ t) => t.dice.below(t.objects.barriers.length);
const delay = (/** @type {Draft} */ t) => Math.max(0, t.dice.one(t.times) ?? 0);
const limit = (/** @type {Draft} */ t) => t.dice.one(t.times);
const body = (/** @type {Draft} */ t, /** @type {number} */ b) => t.dice.between(b + 1, t.objects.bodies - 1);

/** @param {Draft} t  @param {number} depth  @param {string} word  @param {number} catches  @param {number} b */
function write(t, depth, word, catches, b) {
  const words = (ARGUMENTS[word]?.(t, b) ?? []).map((a) => a ?? 'none');
  t.lines.push([depth, ++t.id, word, catches, ...words].join(' '));
}

/** @param {Draft} t  @param {number} depth  @param {number} b  @param {string} [chosen] */
function writeOne(t, depth, b, chosen = t.dice.weighted(t.weights)) {
  const isImpossible = (OF_BODIES.includes(chosen) && b + 1 >= t.objects.bodies) || (depth > DEEPEST && BLOCKS.includes(chosen));
  const word = isImpossible ? 'sleep' : chosen;
  t.left--;
  write(t, depth, word, t.dice.one([0, 0, 0, 0, 0, 1, 1, 1, 2, 2]), b);
  if (CALLBACKS.includes(word)) write(t, depth + 1, t.dice.one(IN_CALLBACKS), t.dice.one([0, 0, 1, 2]), b);
  else if (word === 'try') writeTry(t, depth, b);
  else if (BLOCKS.includes(word)) writeAll(t, depth + 1, b, t.dice.between(1, 4), INSIDE[word]);
}

/** @param {Draft} t  @param {number} depth  @param {number} b  @param {number} count  @param {string[]} [fitting] */
function writeAll(t, depth, b, count, fitting) {
  for (let i = 0; i < count && t.left > 0; i++) writeOne(t, depth, b, fitting && t.dice.happens(0.4) ? t.dice.one(fitting) : undefined);
}

/** @param {Draft} t  @param {number} depth  @param {number} b */
function writeTry(t, depth, b) {
  writeAll(t, depth + 1, b, t.dice.between(1, 3));
  for (const [section, probability] of /** @type {[string, number][]} */ ([['handler', 0.7], ['final', 0.5]])) {
    if (!t.dice.happens(probability)) continue;
    t.lines.push(`${depth} 0 ${section} 0`);
    writeAll(t, depth + 1, b, t.dice.between(1, 2));
  }
}

/** @param {Draft} t  @param {boolean} isDuel */
function writeMain(t, isDuel) {
  const { dice: d } = t;
  for (let i = d.between(1, Math.min(t.objects.slots, 5)); i > 0; i--) write(t, 1, 'spawn', 1, 0);
  writeAll(t, 1, 0, d.between(6, 14));
  for (let bursts = isDuel ? d.between(1, 6) : 0; bursts > 0; bursts--) {
    write(t, 1, 'sleep', 2, 0);
    for (let i = d.between(1, 4); i > 0; i--) write(t, 1, d.one(IN_BURSTS), 2, 0);
  }
  if (d.happens(0.5)) write(t, 1, 'sleep', 2, 0);
}

/** @param {number} seed  @returns {string} the program, as a file has it */
export function generate(seed) {
  const d = dice(seed), isDuel = d.happens(0.5), objects = objectsOf(d, isDuel), o = objects;
  const times = d.happens(0.5) ? [null, 0, 0, 1, 1, 2, -1] : [null, 0, 1, 2, 3, 5, 8, -1];
  /** @type {Draft} */
  const draft = { lines: [], id: 0, left: 0, dice: d, objects, weights: weightsOf(d, isDuel), times };
  for (let b = 0; b < o.bodies; b++) {
    draft.lines.push(`body ${b}`);
    draft.left = d.between(6, 30);
    if (b === 0) writeMain(draft, isDuel);
    else writeAll(draft, 1, b, d.between(1, 10));
  }
  const list = (/** @type {string} */ name, /** @type {unknown[]} */ all) => [name, all.length, ...all.flat()].join(' ');
  return `${[
    `scenario ${seed} slots ${o.slots} handles ${o.handles} max_tasks ${o.maxTasks} max_calls ${o.maxCalls} theme ${isDuel ? 'duel' : 'free'}`,
    `lock ${o.locks}`, list('sem', o.semaphores), `event ${o.events}`, list('cond', o.conditions), list('queue', o.queues),
    list('barrier', o.barriers), `fut ${o.futures}`, `bodies ${o.bodies}`, ...draft.lines, 'end',
  ].join('\n')}\n`;
}
