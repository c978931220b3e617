// The fuzzer's corpus, under the sanitizers; in continuous integration also a minute of fuzzing.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildTarget } from './fuzz/build.js';
import { fuzzArguments, replayArguments } from './fuzz/fuzz.js';
import { runProcess } from './support/process.js';
import { once } from './support/program.js';
import { skipWithout } from './support/tools.js';

const FUZZ_SECONDS = 60;
const inCi = process.env.CI ? false : 'only with CI set: it takes a minute';

describe('fuzzing', { skip: skipWithout('clang19') }, () => {
  const target = once(buildTarget);

  /** @param {string[]} args */
  async function run(args) {
    const { code, signal, stderr } = await runProcess(await target(), args, { timeout: 300_000 });
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, stderr.slice(-4000));
    return stderr;
  }

  it('no input of the corpus breaks the core', async () => {
    const [, runs] = /Done (\d+) runs/.exec(await run(replayArguments())) ?? [];
    assert.ok(Number(runs) > 100, `only ${runs} inputs ran`);
  });

  it(`${FUZZ_SECONDS} s of new ones do not either`, { skip: inCi, timeout: 400_000 }, async () => {
    await run(fuzzArguments(FUZZ_SECONDS));
  });
});
