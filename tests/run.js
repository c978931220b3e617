// `./build.sh test`: the whole suite, or the test files named on the command line.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeUnused } from './support/kept.js';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const named = process.argv.slice(2).map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file));
const files = named.length > 0 ? named : testFiles(join(root, 'tests'));

const [major, minor] = process.versions.node.split('.').map(Number);
const concurrency = major > 20 || minor >= 10 ? [`--test-concurrency=${Math.min(2, availableParallelism())}`] : [];

removeUnused();
const child = spawn(process.execPath, [
  '--test', '--test-reporter=spec', ...concurrency,
  ...files.map((file) => relative(root, file)),
], { cwd: root, stdio: 'inherit' });
child.once('exit', (code) => process.exit(code ?? 1));

/** @param {string} dir  @returns {string[]} */
function testFiles(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return testFiles(path);
    return entry.name.endsWith('.test.js') ? [path] : [];
  });
}
