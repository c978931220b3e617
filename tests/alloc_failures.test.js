// Every conformance case and example with each of its allocations failing in turn, under the sanitizers.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { buildNative, withoutSanitizerNotes } from './support/native.js';
import { namesIn, root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { collection, once } from './support/program.js';
import { skipWithout } from './support/tools.js';

/** Programs that don't survive it when an allocation of their own fails. @type {Record<string, string[]>} names by reason */
const exceptions = JSON.parse(readFileSync(join(root, 'tests/alloc-failures-exceptions.json'), 'utf8'));

/** @param {string} name */
const excuse = (name) => Object.keys(exceptions).find((reason) => exceptions[reason].includes(name)) ?? false;

const driver = ['alloc_failures', 'alloc_counting'].map((name) => ({ path: join(root, 'tests/c', `${name}.c`), flags: [] }));
const env = {
  BIDE_VIRTUAL_TIME: '1',
  ASAN_OPTIONS: 'detect_leaks=0',   // blocks are counted instead: a leak check in each run would take minutes
};

/** @param {string} dir */
function group(dir) {
  const names = namesIn(dir, '.c');
  return collection(`alloc-failures-${dir.replaceAll('/', '-')}`, names.map((name) => join(root, dir, `${name}.c`)), driver);
}

describe('allocation failures', { skip: skipWithout('native'), concurrency: 2 }, () => {
  for (const programs of ['examples', 'tests/c/conformance'].map(group)) {
    const built = once(() => buildNative(programs));
    for (const name of programs.members) {
      it(name, { skip: excuse(name) }, async () => {
        const { code, signal, stdout, stderr } = await runProcess(await built(), [name], { env });
        assert.deepEqual({ code, signal }, { code: 0, signal: null }, stdout + withoutSanitizerNotes(stderr));
      });
    }
  }
});
