// Random programs that are made here. On every backend, bide prints for each what CPython's asyncio prints.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadAsyncio } from './oracle/asyncio.js';
import { generate } from './oracle/generator.js';
import { backends } from './support/backends.js';
import { root } from './support/paths.js';
import { once, program } from './support/program.js';
import { inBatches, readScenarios, tracesOf, writeFiles } from './support/scenarios.js';

const COUNT = 500;

const asyncio = await loadAsyncio();
const seeds = Array.from({ length: COUNT }, (_, seed) => String(seed));
const programs = Object.fromEntries(seeds.map((seed) => [seed, generate(Number(seed))]));
const traces = Object.fromEntries(seeds.map((seed) => [seed, asyncio.trace(programs[seed])]));
const dir = writeFiles('oracle', Object.fromEntries(seeds.map((seed) => [`${seed}.flat`, programs[seed]])));

it('the oracle is CPython 3.14, and prints the traces that are given', () => {
  assert.match(asyncio.version, /^3\.14\./);
  const given = readScenarios();
  for (const [name, text] of Object.entries(given.programs)) assert.equal(asyncio.trace(text), given.traces[name], `scenario ${name}`);
});

describe('the command that compares', () => {
  const run = (/** @type {string[]} */ ...args) => spawnSync(process.execPath, [join(root, 'tests/oracle/run.js'), ...args], { encoding: 'utf8' });

  it('counts those that are the same', () => {
    const { status, stdout } = run('20', '90000');
    assert.match(stdout, /^20 of 20 random programs print the same under the asyncio of CPython 3\.14\./);
    assert.equal(status, 0);
  });

  for (const args of [['0'], ['x'], ['5', '-1'], ['1', '2', '3']]) {
    it(`refuses ${args.join(' ')}`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
      assert.match(stderr, /^build\.sh oracle: takes how many programs, at least 1, and the first seed, at least 0/);
    });
  }
});

for (const backend of backends) {
  describe(`random programs: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    const built = once(() => backend.build(program(join(root, 'tests/c/scenario.c'))));
    for (const batch of inBatches(seeds)) {
      it(`of seeds ${batch[0]} to ${batch[batch.length - 1]}`, async () => {
        const { code, signal, stdout, stderr } = await backend.run(await built(), { args: batch.map((seed) => `${seed}.flat`), dir });
        const printed = tracesOf(stdout);
        for (const seed of batch) assert.equal(printed[seed], traces[seed], `seed ${seed}`);
        assert.deepEqual({ code, signal, stderr }, { code: 0, signal: null, stderr: '' });
      });
    }
  });
}
