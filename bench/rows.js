// The rows of the table, and the goals that they are held to.

/** @typedef {{ name: string, host: string, value: number, unit: Unit, peer?: string, peerValue?: number, ratio?: number,
 *    goal?: { of: 'ratio' | 'value', must: number, aim: number }, verdict?: 'MET' | 'MISSED', aimReached?: boolean, note?: string }} Row
 *    ratio is value / peerValue; smaller is better in every row
 *  @typedef {'ns' | 'ms' | 's' | 'MB' | 'bytes'} Unit
 *  @typedef {{ of: 'ratio' | 'value', must: number, aim: number }} Goal  at most so much */

/** The goals. All but the sizes are for the JavaScript host under Node 26. @type {Record<string, Goal>} */
export const GOALS = {
  switchToAwait: { of: 'ratio', must: 0.8, aim: 0.5 },
  switchToGo: { of: 'ratio', must: 1 / 15, aim: 1 / 40 },
  spawnToAwait: { of: 'ratio', must: 2.5, aim: 1.2 },
  sleepersTime: { of: 'value', must: 200, aim: 60 },
  sleepersMemory: { of: 'value', must: 80, aim: 40 },
  queueToAwait: { of: 'ratio', must: 2.5, aim: 1.2 },
  queueToGo: { of: 'ratio', must: 1 / 40, aim: 1 / 100 },
  lockToSwitch: { of: 'ratio', must: 0.4, aim: 0.15 },
  timeoutToSwitch: { of: 'ratio', must: 4, aim: 1.5 },
  millionTime: { of: 'value', must: 1500, aim: 500 },
  millionMemory: { of: 'value', must: 600, aim: 300 },
  growth: { of: 'ratio', must: 3, aim: 1.5 },
  coreBytes: { of: 'value', must: 25_000, aim: 15_000 },
  wasmBytes: { of: 'value', must: 12_000, aim: 8_000 },
  jsBytes: { of: 'value', must: 8_000, aim: 5_000 },
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
