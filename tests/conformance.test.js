// Every conformance case on every backend: what it prints is what asyncio prints.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { namesIn, root } from './support/paths.js';
import { collections, once } from './support/program.js';

const SOURCES = 'tests/c/conformance', EXPECTED = 'tests/expected/conformance';

const names = namesIn(SOURCES, '.c');
/** @type {Record<string, string>} cases that can't hold in C, each with its reason */
const exceptions = JSON.parse(readFileSync(join(root, 'tests/conformance-exceptions.json'), 'utf8'));
const groups = collections('conformance', names.map((name) => join(root, SOURCES, `${name}.c`)));

it('every expectation has a program or a reason why there is none', () => {
  const expected = namesIn(EXPECTED, '.expected');
  assert.deepEqual(expected.filter((name) => !names.includes(name) && !exceptions[name]), []);
  assert.deepEqual(names.filter((name) => !expected.includes(name)), []);
});

for (const backend of backends) {
  describe(`conformance: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    for (const group of groups) {
      const built = once(() => backend.build(group));
      for (const name of group.members) {
        it(name, { skip: exceptions[name] ?? false }, async () => {
          const { code, signal, stdout, stderr } = await backend.run(await built(), { args: [name] });
          assert.equal(stdout, readFileSync(join(root, EXPECTED, `${name}.expected`), 'utf8'), stderr);
          assert.deepEqual({ code, signal }, { code: 0, signal: null }, stderr);
        });
      }
    }
  });
}
