// A row of a program that computes: what bide adds to one that has no coroutines, beside the same program without bide.

import { inProcess } from './contenders.js';
import { inTurn } from './figures.js';
import { compileC, compilePlain, here } from './programs.js';
import { GOALS, row } from './rows.js';

const WORDS = ['primes', '50000', '200'], TIMES = 3;

/** @param {import('./tools.js').Tools} tools  @returns {Promise<import('./rows.js').Row[]>} */
export async function computingRows({ wasmtime }) {
  if (!wasmtime) return [];
  const source = here('c/computing.c'), run = (/** @type {string} */ file) => inProcess(wasmtime.path, ['run', file]);
  const { bide, plain } = await inTurn({ bide: run(await compileC(source, 'wasi')), plain: run(await compilePlain(source)) }, WORDS, TIMES);
  return [row('computing, linked with usleep', wasmtime.name, bide[0], 'ns', { peer: 'the same without bide', peerValue: plain[0], goal: GOALS.computingToPlain })];
}
