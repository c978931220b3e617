// The run loop of hosts that return to their caller, on this machine and under the sanitizers. In JavaScript every other test runs it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { CORE_LAYERS } from '../js/cli/layers.js';
import { filesIn, libraryOf, linkNative, withoutSanitizerNotes } from './support/native.js';
import { namesIn, root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { collection } from './support/program.js';
import { skipWithout } from './support/tools.js';

const FOLDERS = [...CORE_LAYERS, 'src/blocking', 'src/returning', 'src/native'];
/** The file that src/returning replaces. */
const REPLACED = join(root, 'src/blocking/blocking.c');
const DRIVER = [
  { path: join(root, 'tests/support/returning_main.c'), flags: [] },
  { path: join(root, 'tests/support/run_member.c'), flags: ['-Dmain=program_main'] },
];

/** Programs by folder, and where their output is. @type {[string, string, string][]} */
const PROGRAMS = [['tests/c/conformance', 'tests/expected/conformance', 'expected'], ['examples', 'tests/expected/examples', 'txt']];

describe('a host that returns', { skip: skipWithout('native') }, () => {
  /** @type {string} */
  let library;
  before(async () => {
    library = await libraryOf(FOLDERS.flatMap((folder) => filesIn(folder, /\.c$/)).filter((path) => path !== REPLACED));
  });

  for (const [folder, expected, ending] of PROGRAMS) {
    it(folder, async () => {
      const programs = collection(`returning-${folder.replaceAll('/', '-')}`, namesIn(folder, '.c').map((name) => join(root, folder, `${name}.c`)), DRIVER);
      const executable = await linkNative(programs, library, []);
      for (const name of programs.members) {
        const { code, stdout, stderr } = await runProcess(executable, [name], { env: { BIDE_VIRTUAL_TIME: '1' } });
        const words = readFileSync(join(root, expected, `${name}.${ending}`), 'utf8');
        assert.deepEqual({ name, code, stdout }, { name, code: 0, stdout: words }, withoutSanitizerNotes(stderr));
      }
    });
  }
});
