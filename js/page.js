// The package's entry in pages and workers, of browsers and of workerd.
//
// Neither this file nor any that it imports needs a module of Node, so bundlers find nothing that is missing.

import { pagePlatform } from './page/platform.js';
import { loadOn } from './runtime/load.js';
import { sourceAndOptions } from './runtime/source.js';

export { BideError } from './runtime/errors.js';

/** Make an app of a program. Its constructors run, its main does not.
 *  @param {import('./index.d.ts').Source | Promise<import('./index.d.ts').Source> | import('./index.d.ts').LoadOptions} source  options that have the module
 *  @param {import('./index.d.ts').LoadOptions} [options] */
export async function load(source, options) {
  return loadOn(pagePlatform, ...sourceAndOptions(source, options));
}
