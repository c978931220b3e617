// What `bide build` makes app.mjs of: load() for the app.wasm beside it, or for its compiled module, on every host.

import { findPlatform } from './detect.js';
import { loadOn } from './runtime/load.js';

export { BideError } from './runtime/errors.js';

/** @param {import('./index.d.ts').LoadOptions} [options] */
export async function load(options) {
  return loadOn(await findPlatform(), options?.module ?? new URL('./app.wasm', import.meta.url), options);
}

export { load as default };
