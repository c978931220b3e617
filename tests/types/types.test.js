// The types that the package ships accept what they should, and refuse the rest; the types in comments agree with the code.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from '../support/paths.js';
import { runProcess } from '../support/process.js';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** What TypeScript says about a project of this folder. @param {string} project  @returns {Promise<string[]>} lines */
async function complaints(project) {
  const { stdout } = await runProcess(process.execPath, [compiler, '--pretty', 'false', '-p', join('tests/types', project)], { cwd: root, timeout: 120_000 });
  return stdout.split('\n').filter(Boolean);
}

/** What a program has the types of, by project. */
const SURROUNDINGS = { 'lib dom': 'tsconfig.json', 'no host': 'bare.json', 'Node': 'node.json', 'lib dom and Node': 'both.json' };

for (const [name, project] of Object.entries(SURROUNDINGS)) {
  it(`index.d.ts, with the types of ${name}`, { timeout: 120_000 }, async () => assert.deepEqual(await complaints(project), []));
}

it('the types in the comments of js/', { timeout: 120_000 }, async () => {
  assert.deepEqual(await complaints('js.json'), []);
});
