// `./build.sh oracle [COUNT [FIRST]]`: so many random programs, of seeds from FIRST on, by CPython's asyncio and by bide.

import { join, relative } from 'node:path';
import { backends } from '../support/backends.js';
import { root } from '../support/paths.js';
import { program } from '../support/program.js';
import { inBatches, tracesOf, writeFiles } from '../support/scenarios.js';
import { loadAsyncio } from './asyncio.js';
import { generate } from './generator.js';

const [count, first] = numbersOf(process.argv.slice(2));
const [native, wasm] = backends, backend = native.skip ? wasm : native;
const { version, trace } = await loadAsyncio();
const seeds = Array.from({ length: count }, (_, i) => first + i);
const built = await backend.build(program(join(root, 'tests/c/scenario.c')));
const differing = [];
for (const batch of inBatches(seeds)) differing.push(...await compare(batch));
backend.close();
console.log(`${count - differing.length} of ${count} random programs print the same under the asyncio of CPython ${version} and under bide (${backend.name})`);
if (differing.length > 0) {
  const kept = writeFiles('differing', Object.assign({}, ...differing));
  console.log(`those that differ are in ${relative(root, kept)}, with both traces`);
}
process.exit(differing.length === 0 ? 0 : 1);

/** @param {number[]} batch  @returns {Promise<Record<string, string>[]>} files of those that differ */
async function compare(batch) {
  const texts = Object.fromEntries(batch.map((seed) => [`${seed}.flat`, generate(seed)]));
  const { stdout } = await backend.run(built, { args: Object.keys(texts), dir: writeFiles('compared', texts) });
  const printed = tracesOf(stdout);
  return batch.flatMap((seed) => {
    const text = texts[`${seed}.flat`], theirs = trace(text), ours = printed[seed] ?? 'nothing\n';
    return theirs === ours ? [] : [{ [`${seed}.flat`]: text, [`${seed}.asyncio`]: theirs, [`${seed}.bide`]: ours }];
  });
}

/** @param {string[]} words */
function numbersOf(words) {
  const [count, first] = [words[0] ?? '1000', words[1] ?? '0'].map(Number);
  if (words.length <= 2 && Number.isSafeInteger(count) && count > 0 && Number.isSafeInteger(first) && first >= 0) return [count, first];
  console.error('build.sh oracle: takes how many programs, at least 1, and the first seed, at least 0: ./build.sh oracle [COUNT [FIRST]]');
  process.exit(2);
}
