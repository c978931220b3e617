// `./build.sh amalgamation`: its one file compiles as C11 without a warning. With it, the programs of the suite that run
// on this machine do what they do with the library.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, describe, it } from 'node:test';
import { writeAmalgamation } from '../tools/amalgamation.js';
import { archiveOf, compileAll, linkNative, linkObjects, makeObject, SANITIZED, withoutSanitizerNotes } from './support/native.js';
import { buildDir, namesIn, root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { collection, collections } from './support/program.js';
import { findTool, skipWithout } from './support/tools.js';
import { dirOf, stdinOf, unitTest, unitTests } from './support/units.js';

const STRICT = ['-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror'];
const RUNNER = [{ path: join(root, 'tests/support/run_member.c'), flags: [] }];
/** @param {string} dir @param {string} name */
const paths = (dir, name) => join(root, dir, `${name}.c`);
const dir = buildDir('amalgamation');
const files = writeAmalgamation(dir);

/** @param {import('./support/native.js').Compiler} compiler  @returns {Promise<string>} the object */
const compiled = (compiler) => makeObject('amalgamated', compiler, ['-c', relative(root, files[0])], files.map((file) => readFileSync(file)));

/** @param {string} executable  @param {string[]} args  @param {string} [stdin]  @param {string} [cwd] */
async function run(executable, args, stdin, cwd) {
  const { code, stdout, stderr } = await runProcess(executable, args, { env: { BIDE_VIRTUAL_TIME: '1' }, stdin, cwd });
  return { code, stdout, stderr: withoutSanitizerNotes(stderr) };
}

describe('the amalgamation, sanitized', { skip: skipWithout('native') }, () => {
  /** @type {string} */
  let library;
  before(async () => {
    library = await archiveOf([await compiled({ path: findTool('native').path ?? '', flags: [...STRICT, ...SANITIZED] })]);
  });

  for (const name of unitTests) {
    it(name, async (t) => {
      const { code, stdout, stderr } = await run(await linkNative(unitTest(name), library, []), [], stdinOf[name], dirOf[name]);
      if (code === 77) return t.skip(stdout.trim());
      assert.deepEqual({ code, failed: stdout.split('\n').filter((line) => line && !line.startsWith('ok ')), stderr }, { code: 0, failed: [], stderr: '' });
    });
  }

  const cases = collections('conformance', namesIn('tests/c/conformance', '.c').map((name) => paths('tests/c/conformance', name)));
  for (const group of cases) {
    it(group.name, async () => {
      const executable = await linkNative(group, library, []);
      for (const name of group.members) {
        const { code, stdout, stderr } = await run(executable, [name]);
        const expected = readFileSync(join(root, 'tests/expected/conformance', `${name}.expected`), 'utf8');
        assert.deepEqual({ name, code, stdout }, { name, code: 0, stdout: expected }, stderr);
      }
    });
  }
});

describe('the amalgamation, by clang', { skip: skipWithout('clang19') }, () => {
  it('compiles without a warning, and the examples print what they print', async () => {
    const path = findTool('clang19').path ?? '', examples = namesIn('examples', '.c');
    const all = collection('amalgamated-examples', examples.map((name) => paths('examples', name)), RUNNER);
    const object = await compiled({ path, flags: [...STRICT, '-O1'] }), clang = { path, flags: ['-std=gnu11'] };
    const executable = await linkObjects(all.name, [...await compileAll(all.sources, clang), object], [], clang);
    for (const name of examples) {
      const { code, stdout, stderr } = await run(executable, [name]);
      assert.deepEqual({ name, code, stdout, stderr }, { name, code: 0, stdout: readFileSync(join(root, 'tests/expected/examples', `${name}.txt`), 'utf8'), stderr: '' });
    }
  });
});
