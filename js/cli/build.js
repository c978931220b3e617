// `bide build`: a folder for a page or for Node, or one WASI module.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './cache.js';
import { BuildError } from './errors.js';
import { htmlFiles } from './html.js';
import { insight } from './insight.js';
import { packageDir } from './paths.js';
import { makeProgram } from './program.js';

/** @param {import('./options.js').Options} options  @returns {Promise<number>} the exit code */
export async function build(options) {
  const { target, files, html } = options;
  const output = /** @type {string} */ (options.output);
  const wasm = await makeProgram({ ...options, ...insight(options), inputs: files, mainOptional: target === 'js' });
  if (target === 'wasi') {
    writeAtomically(output, wasm);
    return 0;
  }
  const written = { 'app.wasm': wasm, 'app.mjs': await bundleRuntime(), ...(html ? htmlFiles(files[0]) : {}) };
  mkdirSync(output, { recursive: true });
  for (const [name, data] of Object.entries(written)) writeAtomically(join(output, name), data);
  return 0;
}

/** app.mjs: the runtime in one file, bound to the app.wasm beside it. */
async function bundleRuntime() {
  const { build: bundle } = await import('esbuild');
  try {
    const { outputFiles } = await bundle({
      stdin: { contents: BOUND_LOAD, resolveDir: join(packageDir, 'js'), sourcefile: 'app.mjs' },
      bundle: true, minify: true, write: false, logLevel: 'silent',
      format: 'esm', platform: 'neutral', target: 'es2022', charset: 'utf8',
      external: ['node:*'],   // in Node, imported when needed
    });
    return outputFiles[0].contents;
  } catch (error) {
    throw new BuildError(`bide: the runtime can't be bundled: ${/** @type {Error} */ (error).message}\n`);
  }
}

const BOUND_LOAD = `
import { load as loadFrom } from './index.js';
export * from './index.js';
export const load = (options) => loadFrom(new URL('app.wasm', import.meta.url), options);
export default load;
`;
