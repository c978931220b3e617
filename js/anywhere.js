// What `bide build` makes app.mjs of: load() for the app.wasm beside it, or for its compiled module, on every host.

import { findPlatform } from './detect.js';
import { loadOn } from './runtime/load.js';

export { BideError } from './runtime/errors.js';

/** @param {import('./runtime/runtime.js').Options} [options] */
export async function load(options) {
  return loadOn(findPlatform(), options?.module ?? new URL('./app.wasm', import.meta.url), options);
}

export { load as default };
