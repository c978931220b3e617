// Random programs and what asyncio prints for each: those of tests/expected/scenarios.json.br, and files for others.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { buildDir, root } from './paths.js';

/** The text and the trace of each scenario, by its number.
 *  @returns {{ programs: Record<string, string>, traces: Record<string, string> }} */
export function readScenarios() {
  return JSON.parse(brotliDecompressSync(readFileSync(join(root, 'tests/expected/scenarios.json.br'))).toString());
}

/** Write files where programs can read them.
 *  @param {string} name  of the folder  @param {Record<string, string>} files  texts by name
 *  @returns {string} the folder */
export function writeFiles(name, files) {
  const dir = join(buildDir('scenarios'), name);
  mkdirSync(dir, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    const path = join(dir, file);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
  }
  return dir;
}

/** So many run in one process. */
const BATCH = 50;

/** @template T  @param {T[]} all  @returns {T[][]} */
export function inBatches(all) {
  return all.filter((_, i) => i % BATCH === 0).map((_, i) => all.slice(i * BATCH, (i + 1) * BATCH));
}

/** The parts of an output that follow lines `# FILE`, by file. @param {string} stdout */
export function tracesOf(stdout) {
  const parts = stdout.split(/^# (.*)\n/m).slice(1);
  return Object.fromEntries(parts.flatMap((part, i) => (i % 2 === 0 ? [[part.replace(/\.flat$/, ''), parts[i + 1]]] : [])));
}
