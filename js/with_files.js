// What `bide build --files` makes app.mjs of. A file that load() is given takes the place of one that was built in.

import { load as start } from './anywhere.js';
import packed from './packed_files.js';

export { BideError } from './runtime/errors.js';

/** @param {import('./index.d.ts').LoadOptions} [options] */
export function load(options) {
  return start({ ...options, packed: packed() });
}

export { load as default };
