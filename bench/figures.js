// Figures of one measure by several contenders, taken in turn.

/** What takes the words of a measure and answers figures, one list a round.
 *  @typedef {(words: string[]) => Promise<number[][]>} Contender */

/** The least of each figure, by contender. They take turns, so that what
 *  disturbs the machine for a while disturbs them all. The least is taken,
 *  because a disturbance only ever adds.
 *  @param {Record<string, Contender>} contenders  @param {string[]} words  @param {number} times
 *  @returns {Promise<Record<string, number[]>>} */
export async function inTurn(contenders, words, times) {
  /** @type {Record<string, number[]>} */
  const least = {};
  for (let i = 0; i < times; i++) {
    for (const [name, contender] of Object.entries(contenders)) {
      for (const figures of await contender(words)) least[name] = figures.map((f, n) => Math.min(f, least[name]?.[n] ?? Infinity));
    }
  }
  return least;
}

/** The lines that the programs print. @param {string} text  @returns {number[][]} */
export function parseFigures(text) {
  const lines = text.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  if (lines.flat().some((figure) => !Number.isFinite(figure))) throw new Error(`no figures: ${text}`);
  return lines;
}
