// The C unit tests, tests/c/test_*.c, on every backend.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { dirOf, isDeep, stdinOf, unitTest, unitTests } from './support/units.js';

const SKIPPED = 77;

for (const backend of backends) {
  describe(`C unit tests: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    for (const name of unitTests) {
      it(name, async (t) => {
        const built = await backend.build(unitTest(name));
        const { code, signal, stdout, stderr } = await backend.run(built, { stdin: stdinOf[name], dir: dirOf[name], deep: isDeep(name) });
        if (code === SKIPPED) return t.skip(stdout.trim());
        const failed = stdout.split('\n').filter((line) => !line.startsWith('ok ')).join('\n');
        assert.deepEqual({ code, signal, failed, stderr }, { code: 0, signal: null, failed: '', stderr: '' });
      });
    }
  });
}
