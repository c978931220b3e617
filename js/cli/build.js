// `bide build`: a folder for a page or for Node, or one WASI module. `bide types` prints one file of that folder.

import { join } from 'node:path';
import { bodiesModule } from './bodies.js';
import { bundleRuntime } from './bundle.js';
import { writeAtomically } from './cache.js';
import { htmlFiles } from './html.js';
import { insight } from './insight.js';
import { answer } from './print.js';
import { copiesOf, packedFiles, packedModule } from './packed.js';
import { makeDescribed } from './program.js';
import { declarations } from './types.js';

/** @param {import('./options.js').Options} options  @returns {Promise<number>} the exit code */
export async function build(options) {
  const { target, files, html, folders } = options;
  const output = /** @type {string} */ (options.output);
  const { wasm, described } = await makeDescribed({ ...options, ...insight(options), inputs: files, mainOptional: target === 'js' });
  if (target === 'wasi') {
    writeAtomically(output, wasm);
    return 0;
  }
  const types = declarations(wasm, described, files), packed = packedFiles(folders, output);
  const written = { 'app.wasm': wasm, 'app.mjs': await bundleRuntime(wasm, bodiesModule(wasm, described.javascript), packed.length > 0 ? packedModule(packed) : undefined), 'app.d.mts': types, 'app.d.ts': types, ...(html ? htmlFiles(files[0]) : {}) };
  for (const [name, data] of [...Object.entries(written), ...copiesOf(packed, output)]) writeAtomically(join(output, name), data);
  return 0;
}

/** `bide types`: print app.d.mts. @param {import('./options.js').Options} options  @returns {Promise<number>} the exit code */
export async function types(options) {
  const { wasm, described } = await makeDescribed({ ...options, ...insight(options), inputs: options.files, mainOptional: true });
  answer(declarations(wasm, described, options.files));
  return 0;
}
