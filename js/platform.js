// Where this runs; the only file that asks.

import { inputFrom } from './input.js';
import { nodePlatform } from './node.js';
import { toConsole } from './output.js';

/** @typedef {object} Platform  what differs between a page (or any worker) and Node
 *  @property {(fd: 1 | 2) => import('./output.js').Output} output  where fd goes unless told otherwise
 *  @property {() => import('./input.js').Input} stdin
 *  @property {(source: string | URL) => Promise<Uint8Array> | undefined} [readFile]  undefined: fetch it
 *  @property {(preopens: Record<string, string>) => Promise<Files>} [files]
 *  @property {(ms: number) => void} [pause]  blocks
 *  @property {(stuck: () => void) => () => void} [whenIdle]  calls stuck() when the event loop has run empty; answers how to stop that
 *
 *  @typedef {{ functions: Record<string, Function>, use(memory: WebAssembly.Memory): void }} Files */

/** Node, and what acts like it: Deno and Bun. */
function isNode() {
  const { process, navigator } = /** @type {any} */ (globalThis);
  return Boolean(process?.versions?.node) && navigator?.userAgent !== 'Cloudflare-Workers';
}

/** @returns {Promise<Platform>} */
export async function findPlatform() {
  if (isNode()) return nodePlatform();
  return {
    output: (fd) => toConsole(fd === 1 ? console.log : console.error),
    stdin: () => inputFrom(undefined),
  };
}
