// The C unit tests, tests/c/test_*.c, on every backend.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { namesIn, root } from './support/paths.js';
import { program } from './support/program.js';

const SKIPPED = 77;
const names = namesIn('tests/c', '.c').filter((name) => name.startsWith('test_'));
const counting = join(root, 'tests/c/alloc_counting.c');

/** What a test file reads from stdin. @type {Record<string, string>} */
const stdin = { test_reader: 'first\nsecond\n' };

for (const backend of backends) {
  describe(`C unit tests: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    for (const name of names) {
      it(name, async (t) => {
        const built = await backend.build(program(join(root, 'tests/c', `${name}.c`), [counting]));
        const { code, signal, stdout, stderr } = await backend.run(built, { stdin: stdin[name] });
        if (code === SKIPPED) return t.skip(stdout.trim());
        const failed = stdout.split('\n').filter((line) => !line.startsWith('ok ')).join('\n');
        assert.deepEqual({ code, signal, failed, stderr }, { code: 0, signal: null, failed: '', stderr: '' });
      });
    }
  });
}
