// The measures of c/tasks.c and c/promises.c by JavaScript's own promises. Each answers figures, one a round.

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

/** Milliseconds beyond 1 s. @param {number} count */
async function sleeping(count) {
  const sleeper = () => new Promise((resolve) => { setTimeout(resolve, 1000); });
  const start = now();
  await Promise.all(Array.from({ length: count }, sleeper));
  return (now() - start) / 1e6 - 1000;
}

/** @type {Record<string, (...numbers: number[]) => Promise<number>>} */
const MEASURES = { switch: switching, spawn: spawning, promise: waiting, sleepers: sleeping };

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
