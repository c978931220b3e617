// How `./build.sh coverage` counts: a small program compiled with counters, and what the tables make of it.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findOnPath } from '../js/cli/run_wasi.js';
import { addUp, readCounts } from './coverage/gcov.js';
import { excusedIn, gapsOf, percent, ranges, rowOf, tableOf, totalOf } from './coverage/summary.js';
import { buildDir } from './support/paths.js';
import { mustRun } from './support/process.js';
import { findTool, skipWithout } from './support/tools.js';

const PROGRAM = [
  'static int twice(int n) { return n * 2; }',
  'static int never(int n) {',
  '    return n;',
  '}',
  'int main(int argc, char **argv) {',
  '    if (argc > 1) return never(argc);',
  '    return twice(argc) - 2;',
  '}',
  '',
].join('\n');

const skip = skipWithout('native') || (findOnPath('gcov') ? false : 'no gcov on PATH');

describe('coverage', { skip }, () => {
  /** Compile, run, count. */
  async function counted() {
    const dir = buildDir('coverage'), sources = join(dir, 'src');
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(sources, { recursive: true });
    writeFileSync(join(sources, 'small.c'), PROGRAM);
    const object = join(dir, 'small.o'), executable = join(dir, 'small');
    await mustRun(findTool('native').path ?? '', ['-O0', '--coverage', '-c', join(sources, 'small.c'), '-o', object]);
    await mustRun(findTool('native').path ?? '', ['--coverage', object, '-o', executable]);
    await mustRun(executable, []);
    return addUp(await readCounts(dir), sources);
  }

  it('lines and branches of a program', async () => {
    const files = await counted();
    assert.deepEqual([...files.keys()], ['src/small.c']);
    const row = rowOf('src/small.c', files.get('src/small.c') ?? new Map(), new Set());
    const { lines, branches, missing, partial } = row;
    assert.deepEqual({ branches, missing, partial }, { branches: { covered: 1, all: 2 }, missing: [2, 3], partial: [6] });
    assert.equal(lines.all - lines.covered, 2);
    assert.equal(gapsOf([row]), 'src/small.c: never run: 2-3\nsrc/small.c: run, but not every way: 6');
  });

  it('what is excused does not count, and must not be covered', async () => {
    const lines = (await counted()).get('src/small.c') ?? new Map();
    const excuse = (/** @type {string[]} */ ...texts) => excusedIn('src/small.c', PROGRAM, lines, { 'since': { 'src/small.c': texts } });
    const { excused, complaints } = excuse('never()', 'if (argc > 1) return never(argc);');
    assert.deepEqual({ excused: [...excused], complaints }, { excused: [2, 3, 6], complaints: [] });
    const { missing, partial } = rowOf('src/small.c', lines, excused);
    assert.deepEqual({ missing, partial }, { missing: [], partial: [] });
    assert.deepEqual(excuse('return twice(argc) - 2;').complaints, ['src/small.c: "return twice(argc) - 2;" is excused, but covered']);
    assert.deepEqual(excuse('gone()').complaints, ['src/small.c: nothing that is counted is "gone()"']);
  });
});

describe('coverage tables', () => {
  const report = (/** @type {number} */ count) => ({
    current_working_directory: '/house',
    files: [
      { file: 'src/a.h', lines: [{ line_number: 3, function_name: 'f', count, branches: [{ count }, { count: 0 }] }] },
      { file: '/usr/include/stdio.h', lines: [{ line_number: 1, function_name: 'g', count: 1, branches: [] }] },
    ],
  });

  it('counts of a header are added up over the objects that have it', () => {
    const files = addUp([report(0), report(2), report(1)], '/house/src');
    assert.deepEqual([...files], [['src/a.h', new Map([[3, new Map([['f', { count: 3, branches: [3, 0] }]])]])]]);
  });

  it('totals, percentages and ranges', () => {
    const row = rowOf('src/a.h', addUp([report(1)], '/house/src').get('src/a.h') ?? new Map(), new Set());
    const total = totalOf([row, row]);
    assert.deepEqual([total.lines, total.branches], [{ covered: 2, all: 2 }, { covered: 2, all: 4 }]);
    assert.equal(percent(total.branches), 50);
    assert.equal(percent({ covered: 0, all: 0 }), 100);
    assert.equal(ranges([1, 2, 3, 7, 9, 10]), '1-3, 7, 9-10');
    assert.match(tableOf([row, total]), /^src\/a\.h +1\/1 +100\.0 % +1\/2 +50\.0 %$/m);
  });
});
