// examples/asyncq.c by its options: every element is got once, and a seed prints the same everywhere.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { root } from './support/paths.js';
import { once, program } from './support/program.js';

const runs = [
  ['--seed', '1'],
  ['--seed', '2026', '-p', '1', '-c', '1'],
  ['-p', '20', '-c', '3', '--seed', '7'],
  ['-c', '20', '-p', '3', '--seed', '0'],
];

const wrong = [['-p'], ['-p', '0'], ['-p', '1001'], ['-c', 'x'], ['-c', ''], ['--seed', '-1'], ['--seed', '3x'], ['--seeds', '3'], ['5'], ['--help']];

/** The elements that lines of one kind name.  @param {string} stdout  @param {RegExp} pattern */
const elements = (stdout, pattern) => [...stdout.matchAll(pattern)].map(([, element]) => element).sort();

/** What the first backend printed, by options. The others must print the same. @type {Map<string, string>} */
const printed = new Map();

for (const backend of backends) {
  describe(`asyncq: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    const built = once(() => backend.build(program(join(root, 'examples/asyncq.c'))));

    for (const args of runs) {
      it(args.join(' '), async () => {
        const { code, signal, stdout, stderr } = await backend.run(await built(), { args });
        assert.deepEqual({ code, signal, stderr }, { code: 0, signal: null, stderr: '' });
        const added = elements(stdout, /^Producer \d+ added <([0-9a-f]{10})> to queue\.$/gm);
        assert.ok(added.length > 0);
        assert.equal(new Set(added).size, added.length);
        assert.deepEqual(elements(stdout, /^Consumer \d+ got element <([0-9a-f]{10})> in \d+\.00000 seconds\.$/gm), added);
        assert.match(stdout, /\nProgram completed in \d+\.00000 seconds\.\n$/);
        const key = args.join(' ');
        assert.equal(stdout, printed.get(key) ?? stdout);
        printed.set(key, stdout);
      });
    }

    for (const args of wrong) {
      it(`refuses ${JSON.stringify(args)}`, async () => {
        const { code, stdout, stderr } = await backend.run(await built(), { args });
        assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
        assert.match(stderr, /^usage: .* \[-p 1\.\.1000\] \[-c 1\.\.1000\] \[--seed N\]\n$/);
      });
    }
  });
}

it('seeds differ', () => {
  assert.equal(new Set(printed.values()).size, runs.length);
});
