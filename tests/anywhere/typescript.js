// TypeScript, strict: what it says of consumers of both, by `import` and by `require`, without the types of any host. tests/types has those.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runProcess } from '../support/process.js';
import { writeIn } from './project.js';

/** @typedef {import('./project.js').Subject} Subject
 *  @typedef {import('./matrix.js').Way} Way */

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** What is written in TypeScript. @param {string} head  @param {string} source  an argument before the options, or nothing */
const consumer = (head, source) => `${head}
export async function use(signal: NonNullable<LoadOptions['signal']>): Promise<string> {
  let out = '';
  const app: App = await load(${source}{ stdout: (chunk) => { out += chunk; }, args: ['app'], signal });
  const sum: number = await app.exports.add(1, 2), length: number = await app.exports.length('text');
  const where: number = app.alloc(4), bytes: Uint8Array = app.bytes(where, app.write(where, 'text'));
  app.free(where);
  await app.call('wait_forever', [], { signal }).catch((error: unknown) => { if (!(error instanceof BideError)) throw error; });
  const code: number = await app.run();
  await app.close();
  return [out, sum, length, bytes.length, code].join();
}
`;

/** The names that a consumer imports. */
const NAMES = '{ BideError, load, type App, type LoadOptions }';

/** Per kind of resolution: the consumer's file, how it imports, and what else the compiler is told.
 *  @type {Record<string, { file: string, head: (from: string) => string, options: object }>} */
const WAYS = {
  nodenext: { file: 'use.mts', head: (from) => `import ${NAMES} from '${from}';`, options: { module: 'nodenext' } },
  'nodenext, require': { file: 'use.cts', head: (from) => `import bide = require('${from}');\nimport BideError = bide.BideError;\nimport load = bide.load;\ntype App = bide.App;\ntype LoadOptions = bide.LoadOptions;`, options: { module: 'nodenext' } },
  bundler: { file: 'use.ts', head: (from) => `import ${NAMES} from '${from}';`, options: { module: 'esnext', moduleResolution: 'bundler' } },
};

/** @returns {Way[]} */
export function typescriptWays() {
  return Object.entries(WAYS).flatMap(([name, { file, head, options }]) => /** @type {Subject[]} */ (['package', 'app.mjs']).map((subject) => ({
    name,
    subject,
    async check(dir) {
      const folder = `types/${subject}-${name.replace(/\W+/g, '-')}`, from = subject === 'package' ? 'bide' : '../../app/app.mjs';
      writeIn(dir, `${folder}/${file}`, consumer(head(from), subject === 'package' ? "'app.wasm', " : ''));
      const compilerOptions = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022'], types: [], ...options };
      writeIn(dir, `${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: [file] }));
      const { stdout } = await runProcess(process.execPath, [compiler, '--pretty', 'false', '-p', join(dir, folder)], { timeout: 120_000 });
      if (stdout) throw new Error(stdout);
    },
  })));
}
