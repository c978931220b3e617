// Measures of c/tasks.c, c/sync.c and c/promises.c by JavaScript's own promises. Each answers figures, one a round.

const now = () => performance.now() * 1e6;

/** @param {number} tasks  @param {number} turns */
async function switching(tasks, turns) {
  const spin = async () => { for (let i = 0; i < turns; i++) await undefined; };
  const all = Array.from({ length: tasks }, spin);
  const start = now();
  await Promise.all(all);
  return (now() - start) / tasks / turns;
}

/** @param {number} count */
async function spawning(count) {
  const nothing = async () => {};
  const start = now();
  for (let i = 0; i < count; i++) await nothing();
  return (now() - start) / count;
}

/** @param {number} count */
async function waiting(count) {
  const resolved = () => Promise.resolve(1);
  const start = now();
  for (let i = 0; i < count; i++) await resolved();
  return (now() - start) / count;
}

/** @param {number} count */
async function calling(count) {
  const add = async (/** @type {number} */ a, /** @type {number} */ b) => a + b;
  const start = now();
  for (let i = 0; i < count; i++) await add(i, 2);
  return (now() - start) / count;
}

/** Milliseconds beyond 1 s. @param {number} count */
async function sleeping(count) {
  const sleeper = () => new Promise((resolve) => { setTimeout(resolve, 1000); });
  const start = now();
  await Promise.all(Array.from({ length: count }, sleeper));
  return (now() - start) / 1e6 - 1000;
}

/** An event is a promise that all of them await. @param {number} tasks  @param {number} turns */
async function waking(tasks, turns) {
  const events = Array.from({ length: turns }, () => Promise.withResolvers());
  const ended = Array.from({ length: turns }, () => Promise.withResolvers());
  const ran = events.map(() => 0);
  const waiter = async () => {
    for (let i = 0; i < turns; i++) {
      await events[i].promise;
      if (++ran[i] === tasks) ended[i].resolve(undefined);
    }
  };
  const all = Array.from({ length: tasks }, waiter);
  const start = now();
  for (let i = 0; i < turns; i++) {
    events[i].resolve(undefined);
    await ended[i].promise;
  }
  const figure = (now() - start) / tasks / turns;
  await Promise.all(all);
  return figure;
}

/** @param {number} tasks */
async function gathering(tasks) {
  const nothing = async () => {};
  const start = now();
  await Promise.all(Array.from({ length: tasks }, nothing));
  return (now() - start) / tasks;
}

/** @type {Record<string, (...numbers: number[]) => Promise<number>>} */
const MEASURES = { switch: switching, spawn: spawning, promise: waiting, call: calling, sleepers: sleeping, event: waking, gather: gathering };

/** Whether JavaScript has it at all: it has no locks, queues or timeouts of its own. @param {string} name */
export const isMeasured = (name) => name in MEASURES;

/** @param {string[]} words  as the C programs take them; a stack size means nothing here
 *  @returns {Promise<number[][]>} */
export async function measureAwait([name, ...words]) {
  const numbers = words.map(Number);
  if (name === 'sleepers') return [[await sleeping(numbers[0])]];
  const at = MEASURES[name].length;   // where the number of rounds stands
  const figures = [];
  for (let i = 0; i < numbers[at]; i++) figures.push([await MEASURES[name](...numbers.slice(0, at))]);
  return figures;
}
