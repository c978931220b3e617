// A program may turn all warnings on: the macros of bide.h are silent, and so are the examples.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compile } from '../js/cli/clang.js';
import { planObject } from '../js/cli/compile.js';
import { Disk } from '../js/cli/disk.js';
import { headerDir } from '../js/cli/library.js';
import { namesIn, root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { findTool, skipWithout } from './support/tools.js';

const WARNINGS = ['-Wall', '-Wextra', '-Wshadow', '-Wconversion', '-Wdeclaration-after-statement', '-Wpedantic'];
const EXAMPLES = ['examples', 'examples/js'].flatMap((dir) => namesIn(dir, '.c').map((name) => join(root, dir, `${name}.c`)));
const QUIET = join(root, 'tests/c/quiet.c');

/** gcc 12 knows C23 by its old name. */
const COMPILERS = /** @type {const} */ ([['native', ['c11', 'c2x']], ['clang19', ['c11', 'c23']]]);

for (const [compiler, standards] of COMPILERS) {
  describe(`${compiler}, with warnings`, { skip: skipWithout(compiler) }, () => {
    for (const standard of standards) {
      for (const [what, files, flags] of /** @type {[string, string[], string[]][]} */ ([
        ['the examples', EXAMPLES, []], ['every macro', [QUIET], []], ['every macro, in debug mode', [QUIET], ['-DBIDE_DEBUG']],
      ])) {
        it(`${what}, ${standard}`, async () => {
          const args = [`-std=${standard}`, ...WARNINGS, ...flags, `-I${headerDir}`, '-fsyntax-only', ...files];
          assert.deepEqual(await runProcess(findTool(compiler).path ?? '', args), { code: 0, signal: null, stdout: '', stderr: '' });
        });
      }
    }
  });
}

describe('the compiler of the package, with warnings', () => {
  const disk = new Disk();
  for (const standard of ['c11', 'c23']) {
    it(`every macro, ${standard}`, async () => {
      const job = planObject(QUIET, [`-std=${standard}`, ...WARNINGS, `-I${headerDir}`]);
      assert.equal((await compile(job, (path) => disk.look(path))).warnings, '');
    });
  }
});
