// What `bide build` makes app.mjs of, if C has the bodies of some imports. A function that load() is given takes the place of a body.

import { load as start } from './anywhere.js';
import bodies from './bodies.js';

export { BideError } from './runtime/errors.js';

/** @param {import('./index.d.ts').LoadOptions} [options] */
export function load(options = {}) {
  const { imports } = options;
  return start({ ...options, imports: async (app) => ({ ...bodies, ...(typeof imports === 'function' ? await imports(app) : imports) }) });
}

export { load as default };
