// The package and app.mjs, tried with the tools that people have; the README's table of them.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { closeBrowsers } from './anywhere/browsers.js';
import { serveByVite } from './anywhere/bundlers.js';
import { MATRIX } from './anywhere/matrix.js';
import { makeProject } from './anywhere/project.js';
import { readTable, writeTable } from './anywhere/table.js';
import { root } from './support/paths.js';
import { skipWithout } from './support/tools.js';

const dir = mkdtempSync(join(tmpdir(), 'bide-anywhere-'));
const [major, minor] = process.versions.node.split('.').map(Number);
/** An old Node has no `require` of ES modules, and can't load Vite. */
const tooOld = (major < 20 || (major === 20 && minor < 19)) && `this is Node ${process.version}`;

/** @param {import('./anywhere/matrix.js').Tool} tool  @param {import('./anywhere/matrix.js').Way} way */
const needsNewer = ({ name }, way) => (name === 'Node 20' && way.name === 'require') || name === 'Vite';

/** Whether each way has passed, by `keyOf`. What was skipped is not there. @type {Map<string, boolean>} */
const results = new Map();
/** @param {string} tool  @param {string} subject  @param {string} way */
const keyOf = (tool, subject, way) => `${tool}: ${subject}, ${way}`;

describe('the package and app.mjs', () => {
  before(() => makeProject(dir));
  after(async () => {
    await closeBrowsers();
    rmSync(dir, { recursive: true, force: true });
  });

  for (const tool of MATRIX) {
    describe(tool.name, { skip: tool.needs.map(skipWithout).find(Boolean) ?? false }, () => {
      for (const way of tool.ways) {
        it(`${way.subject}, ${way.name}`, { timeout: 180_000, skip: needsNewer(tool, way) && tooOld }, async () => {
          const key = keyOf(tool.name, way.subject, way.name);
          results.set(key, false);
          await way.check(dir);
          results.set(key, true);
        });
      }
    });
  }

  it('Vite serves app.mjs in development', { timeout: 120_000, skip: tooOld }, async () => {
    assert.deepEqual(await serveByVite(join(dir, 'app'), ['/app.mjs']), []);
  });

  describe('the table in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const named = readTable(readme).flatMap((row) => /** @type {const} */ (['package', 'app.mjs']).flatMap((subject) => row[subject].map((way) => keyOf(row.tool, subject, way))));

    it('names nothing that failed or is not tried', () => {
      const tried = new Set(MATRIX.flatMap(({ name, ways }) => ways.map((way) => keyOf(name, way.subject, way.name))));
      assert.deepEqual(named.filter((key) => results.get(key) === false || !tried.has(key)), []);
    });

    it('names all that works', () => {
      assert.deepEqual([...results].filter(([key, passed]) => passed && !named.includes(key)), [], './build.sh anywhere writes it');
    });

    it('is written as it is read', () => {
      assert.equal(writeTable(readme, readTable(readme)), readme);
    });
  });
});
