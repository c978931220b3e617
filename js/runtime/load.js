// What load() does on every host: a source becomes an app.

import { App } from './app.js';
import { findFiles } from './files.js';
import { Runtime } from './runtime.js';
import { compileSource } from './source.js';

/** Make an app of a program. Its constructors run, its main does not.
 *  @param {import('./platform.js').Platform | Promise<import('./platform.js').Platform>} host
 *  @param {import('../index.d.ts').Source | Promise<import('../index.d.ts').Source>} source
 *  @param {import('./runtime.js').Options} [options]
 *  @returns {Promise<App>} */
export async function loadOn(host, source, options = {}) {
  options.signal?.throwIfAborted();
  const [platform, module, files] = await Promise.all([host, compileSource(source, host), findFiles(options, host)]);
  const runtime = new Runtime(options, platform, files);
  const app = new App(runtime);
  const { imports = {} } = options;
  await runtime.start(module, typeof imports === 'function' ? await imports(app) : imports);
  return app;
}
