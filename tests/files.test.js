// Files in memory do what those of this machine do: the same operations, the same answers.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { operations } from './support/file_operations.js';
import { root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { program } from './support/program.js';
import { findTool, skipWithout } from './support/tools.js';

/** Node 26, unless this is it. */
const other = [findTool('node26').path].find((path) => path !== process.execPath);

const SEEDS = Array.from({ length: 25 }, (_, i) => i + 1), COUNT = 400;
const fileOps = program(join(root, 'tests/js/programs/file_ops.c'));
const native = backends[0];

describe('files in memory', { skip: skipWithout('native') }, () => {
  /** What this machine answers, by seed. @type {Map<number, string>} */
  const answers = new Map();

  before(async () => {
    const built = await native.build(fileOps);
    for (const seed of SEEDS) {
      const dir = mkdtempSync(join(tmpdir(), 'bide-files-'));
      const { code, stdout, stderr } = await native.run(built, { dir, stdin: operations(seed, COUNT) });
      rmSync(dir, { recursive: true });
      assert.deepEqual([code, stderr], [0, '']);
      answers.set(seed, stdout);
    }
  });

  it('the operations reach what there is', () => {
    const all = [...answers.values()].join('');
    for (const code of ['EEXIST', 'ENOENT', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'EINVAL', 'EBADF', 'ELOOP', 'EPERM']) assert.match(all, new RegExp(`: ${code}\n`));
    for (const done of ['mkdir', 'rmdir', 'unlink', 'remove', 'rename', 'link', 'symlink', 'truncate', 'open', 'ftruncate', 'allocate']) assert.match(all, new RegExp(`^${done} .*: 0$`, 'm'));
  });

  for (const backend of backends.filter(({ name }) => name.startsWith('js'))) {
    describe(backend.name, { skip: backend.skip }, () => {
      after(() => backend.close());
      for (const seed of SEEDS) {
        it(`operations of seed ${seed}`, async () => {
          const { code, stdout, stderr } = await backend.run(await backend.build(fileOps), { files: {}, stdin: operations(seed, COUNT) });
          assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: answers.get(seed), stderr: '' });
        });
      }
    });
  }
});

it('what load takes and refuses, in Node 26', { skip: other ? false : skipWithout('node26') || 'this is Node 26', timeout: 120_000 }, async () => {
  const { code, stdout } = await runProcess(other ?? '', ['--test', 'tests/js/files.test.js'], { cwd: root, env: { NODE_TEST_CONTEXT: undefined }, timeout: 120_000 });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^\S+ pass [5-9]\d$/m);
});
