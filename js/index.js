// The package's entry: loads a program that `bide build` or the linker has made.

import { App } from './app.js';
import { findPlatform } from './platform.js';
import { Runtime } from './runtime.js';
import { compileSource } from './source.js';

export { BideError } from './errors.js';

/** Make an app of a program. Runs its constructors, never its main.
 *  @param {import('./index.d.ts').Source} source
 *  @param {import('./runtime.js').Options} [options]
 *  @returns {Promise<import('./index.d.ts').App>} */
export async function load(source, options = {}) {
  options.signal?.throwIfAborted();
  const platform = await findPlatform();
  const module = await compileSource(source, platform);
  const runtime = new Runtime(options, platform);
  const app = new App(runtime);
  const { imports = {} } = options;
  await runtime.start(module, typeof imports === 'function' ? await imports(app) : imports);
  for (const name of runtime.calls.functions.keys()) app.exports[name] = (...args) => app.call(name, args);
  return /** @type {any} */ (app);
}
