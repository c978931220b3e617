// `./build.sh anywhere`: tries the package and app.mjs with every tool that is there, and writes the table in the README. What fails
// does not stand in it. The row of a tool that is not there stays as it is.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/paths.js';
import { findTool } from '../support/tools.js';
import { closeBrowsers } from './browsers.js';
import { MATRIX } from './matrix.js';
import { makeProject } from './project.js';
import { readTable, writeTable } from './table.js';

const dir = mkdtempSync(join(tmpdir(), 'bide-anywhere-')), file = join(root, 'README.md');

/** @param {import('./matrix.js').Tool} tool  @returns {Promise<import('./table.js').Row>} */
async function tried({ name, version, ways }) {
  /** @type {import('./table.js').Row} */
  const row = { tool: name, version: version(), package: [], 'app.mjs': [] };
  for (const way of ways) {
    const line = `${name}: ${way.subject}, ${way.name}`;
    try {
      await way.check(dir);
      row[way.subject].push(way.name);
      process.stdout.write(`ok      ${line}\n`);
    } catch (error) {
      process.exitCode = 1;
      process.stdout.write(`FAILED  ${line}: ${/** @type {Error} */ (error).message}\n`);
    }
  }
  return row;
}

try {
  await makeProject(dir);
  const before = readTable(readFileSync(file, 'utf8')), rows = [];
  for (const tool of MATRIX) {
    const missing = tool.needs.map(findTool).find(({ path }) => !path);
    if (missing) process.stdout.write(`skipped ${tool.name}: ${missing.reason}\n`);
    const row = missing ? before.find((one) => one.tool === tool.name) : await tried(tool);
    if (row) rows.push(row);
  }
  writeFileSync(file, writeTable(readFileSync(file, 'utf8'), rows));
} finally {
  await closeBrowsers();
  rmSync(dir, { recursive: true, force: true });
}
