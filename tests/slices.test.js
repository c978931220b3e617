// Where a slice of the loop ends makes no difference: here one ends wherever the clock is looked at.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { linkNative, nativeLibrary, withoutSanitizerNotes } from './support/native.js';
import { namesIn, root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { collection } from './support/program.js';
import { skipWithout } from './support/tools.js';

const BESIDE = ['tests/support/run_member.c', 'tests/support/short_slices.c'].map((path) => ({ path: join(root, path), flags: [] }));

/** Programs by folder, and where their output is. @type {[string, string, string][]} */
const PROGRAMS = [['tests/c/conformance', 'tests/expected/conformance', 'expected'], ['examples', 'tests/expected/examples', 'txt']];

describe('slices of a look at the clock', { skip: skipWithout('native') }, () => {
  /** @type {string} */
  let library;
  before(async () => { library = await nativeLibrary(); });

  for (const [folder, expected, ending] of PROGRAMS) {
    it(folder, async () => {
      const programs = collection(`slices-${folder.replaceAll('/', '-')}`, namesIn(folder, '.c').map((name) => join(root, folder, `${name}.c`)), BESIDE);
      const executable = await linkNative(programs, library, ['-Wl,--wrap=bide__host_now']);
      for (const name of programs.members) {
        const { code, stdout, stderr } = await runProcess(executable, [name], { env: { BIDE_VIRTUAL_TIME: '1' } });
        const words = readFileSync(join(root, expected, `${name}.${ending}`), 'utf8');
        assert.deepEqual({ name, code, stdout }, { name, code: 0, stdout: words }, withoutSanitizerNotes(stderr));
      }
    });
  }
});
