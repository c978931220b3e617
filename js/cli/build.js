// `bide build`: a folder for a page or for Node, or one WASI module.

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
  for (const [name, data] of Object.entries(written)) writeAtomically(join(output, name), data);
  return 0;
}

/** app.mjs: the runtime in one file, with load() for the app.wasm beside it.
 *  @returns {Promise<string>} */
export async function bundleRuntime() {
  const { build: bundle } = await import('esbuild');
  try {
    const { outputFiles } = await bundle({
      entryPoints: [join(packageDir, 'js/anywhere.js')],
      bundle: true, minify: true, write: false, logLevel: 'silent',
      format: 'esm', platform: 'neutral', target: 'es2022', charset: 'utf8',
    });
    return outputFiles[0].text.replaceAll('import(', `import(${LEAVE_ALONE}`);
  } catch (error) {
    throw new BuildError(`bide: the runtime can't be bundled: ${/** @type {Error} */ (error).message}\n`);
  }
}

/** These comments tell webpack and Vite to leave an import alone. esbuild drops those of node/builtin.js when it minifies. */
const LEAVE_ALONE = '/*webpackIgnore:true*//*@vite-ignore*/';
