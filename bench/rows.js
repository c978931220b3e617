// The rows of the table, and the goals that they are held to.

/** @typedef {{ name: string, host: string, value: number, unit: Unit, peer?: string, peerValue?: number, ratio?: number,
 *    goal?: { of: 'ratio' | 'value', must: number, aim: number }, verdict?: 'MET' | 'MISSED', aimReached?: boolean, note?: string }} Row
 *    ratio is value / peerValue; smaller is better in every row
 *  @typedef {'ns' | 'ms' | 's' | 'MB' | 'bytes' | 'handles'} Unit
 *  @typedef {{ of: 'ratio' | 'value', must: number, aim: number }} Goal  at most so much */

/** The goals. All but the sizes are for the JavaScript host under Node 26, unless their names say otherwise. @type {Record<string, Goal>} */
export const GOALS = {
  switchToAwait: { of: 'ratio', must: 0.75, aim: 0.6 },
  switchToGo: { of: 'ratio', must: 1 / 15, aim: 1 / 40 },
  spawnToAwait: { of: 'ratio', must: 1.8, aim: 1.2 },
  frame: { of: 'value', must: 7, aim: 4 },
  callToAsync: { of: 'ratio', must: 10, aim: 6 },
  callToAsyncNode20: { of: 'ratio', must: 14, aim: 8 },
  promise: { of: 'value', must: 600, aim: 300 },
  promiseNode20: { of: 'value', must: 1500, aim: 800 },
  typedToAsync: { of: 'ratio', must: 12, aim: 7 },
  syncToRaw: { of: 'ratio', must: 8, aim: 5 },
  textToCodec: { of: 'ratio', must: 1.6, aim: 1.2 },
  itemToNative: { of: 'ratio', must: 4, aim: 2 },
  callToVal: { of: 'ratio', must: 1, aim: 0.5 },
  tripsMemory: { of: 'value', must: 0, aim: 0 },
  tripsHandles: { of: 'value', must: 0, aim: 0 },
  computingToPlain: { of: 'ratio', must: 1.03, aim: 1 },
  sleepersTime: { of: 'value', must: 200, aim: 60 },
  sleepersMemory: { of: 'value', must: 80, aim: 40 },
  queueToAwait: { of: 'ratio', must: 2.2, aim: 1.6 },
  queueToGo: { of: 'ratio', must: 1 / 40, aim: 1 / 100 },
  lockToSwitch: { of: 'ratio', must: 0.4, aim: 0.15 },
  timeoutToSwitch: { of: 'ratio', must: 4, aim: 1.5 },
  millionTime: { of: 'value', must: 1500, aim: 500 },
  millionMemory: { of: 'value', must: 360, aim: 260 },
  growth: { of: 'ratio', must: 3, aim: 1.5 },
  coreBytes: { of: 'value', must: 25_000, aim: 15_000 },
  wasmBytes: { of: 'value', must: 9_000, aim: 6_000 },
  jsBytes: { of: 'value', must: 6_900, aim: 4_600 },
  runWarm: { of: 'value', must: 1, aim: 0.3 },
  runCold: { of: 'value', must: 6, aim: 3 },
};

/** @param {string} name  @param {string} host  @param {number} value  @param {Unit} unit
 *  @param {{ peer?: string, peerValue?: number, goal?: Goal, note?: string }} [more]  @returns {Row} */
export function row(name, host, value, unit, { peer, peerValue, goal, note } = {}) {
  const ratio = peerValue === undefined ? undefined : value / peerValue;
  const judged = goal?.of === 'ratio' ? ratio : value;
  const held = goal && judged !== undefined ? { goal, verdict: judged <= goal.must ? 'MET' : 'MISSED', aimReached: judged <= goal.aim } : {};
  return /** @type {Row} */ ({ name, host, value, unit, peer, peerValue, ratio, ...held, note });
}
