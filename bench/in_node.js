// Measures inside one Node process. JavaScript's await is the peer in the measures that it has.
//
//   node in_node.js '{"programs": {...}, "measures": [...]}'
//
// programs: by name, { file, host: 'js' | 'wasi' | 'calls' }; calls: JavaScript calls what the program exports. measures: { key, words, programs, times }.
// Prints, as JSON, the least figures by key and contender; a contender is a program or `await`.

import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../js/index.js';
import { inTurn, parseFigures } from './figures.js';
import { isMeasured, measureAwait } from './peers/await.js';

/** @typedef {{ file: string, host: 'js' | 'wasi' | 'calls' }} Program */
/** @typedef {{ key: string, words: string[], programs: string[], times: number }} Measure */

const HOSTS = { js: inJs, wasi: inWasi, calls: byCalls };
const { programs, measures } = /** @type {{ programs: Record<string, Program>, measures: Measure[] }} */ (JSON.parse(process.argv[2]));
const contenders = Object.fromEntries(await Promise.all(Object.entries(programs).map(async ([name, { file, host }]) => (
  [name, HOSTS[host](await WebAssembly.compile(readFileSync(file)))]))));

/** @type {Record<string, Record<string, number[]>>} */
const answers = {};
for (const { key, words, programs: names, times } of measures) {
  const chosen = Object.fromEntries(names.map((name) => [name, contenders[name]]));
  answers[key] = await inTurn({ ...chosen, ...(isMeasured(words[0]) ? { await: measureAwait } : {}) }, words, times);
}
process.stdout.write(JSON.stringify(answers));

/** An instance each time, so that memory starts small; the engine keeps the module's optimised code.
 *  @param {WebAssembly.Module} module  @returns {import('./figures.js').Contender} */
function inJs(module) {
  return async (words) => {
    let text = '';
    const app = await load(module, {
      args: ['program', ...words],
      stdout: (chunk) => { text += chunk; },
      imports: { resolved: () => Promise.resolve(1) },
    });
    const code = await app.run();
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
    return parseFigures(text);
  };
}

/** Calls `add` of c/calls.c, as the measure `call` of peers/await.js calls a function of JavaScript.
 *  @param {WebAssembly.Module} module  @returns {import('./figures.js').Contender} */
function byCalls(module) {
  return async ([, count, rounds]) => {
    const { exports: { add } } = await load(module);
    const figures = [];
    for (let round = 0; round < Number(rounds); round++) {
      const start = performance.now();
      for (let i = 0; i < Number(count); i++) await add(i, 2);
      figures.push([(performance.now() - start) / Number(count) * 1e6]);
    }
    return figures;
  };
}

/** @param {WebAssembly.Module} module  @returns {import('./figures.js').Contender} */
function inWasi(module) {
  return async (words) => {
    const { WASI } = await import('node:wasi');
    const dir = mkdtempSync(join(tmpdir(), 'bide-bench-'));
    const output = join(dir, 'stdout');
    const stdout = openSync(output, 'w');
    try {
      const wasi = new WASI({ version: 'preview1', args: ['program', ...words], stdout, returnOnExit: true });
      const code = wasi.start(await WebAssembly.instantiate(module, /** @type {any} */ (wasi.getImportObject())));
      if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
      return parseFigures(readFileSync(output, 'utf8'));
    } finally {
      closeSync(stdout);
      rmSync(dir, { recursive: true });
    }
  };
}
