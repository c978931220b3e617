// Finds out where app.mjs runs.

import { nodePlatform } from './node/platform.js';
import { pagePlatform } from './page/platform.js';

/** Deno and Bun count as Node, because they have Node's modules. workerd has `process`, but no files.
 *  @returns {Promise<import('./runtime/platform.js').Platform>} */
export async function findPlatform() {
  const { process, navigator } = /** @type {any} */ (globalThis);
  return process?.versions?.node && navigator?.userAgent !== 'Cloudflare-Workers' ? nodePlatform() : pagePlatform;
}
