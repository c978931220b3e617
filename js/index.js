// The package's entry in Node, Deno and Bun.

import { nodePlatform } from './node/platform.js';
import { loadOn } from './runtime/load.js';
import { sourceAndOptions } from './runtime/source.js';

export { BideError } from './runtime/errors.js';

/** Make an app of a program. Its constructors run, its main does not.
 *  @param {import('./index.d.ts').Source | Promise<import('./index.d.ts').Source> | import('./index.d.ts').LoadOptions} source  options that have the module
 *  @param {import('./index.d.ts').LoadOptions} [options] */
export async function load(source, options) {
  return loadOn(nodePlatform(), ...sourceAndOptions(source, options));
}
