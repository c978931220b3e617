// Runs programs of the js target through the package's own loader, as the command
// does: a program that nothing can wake is in a deadlock. See server.js.

import { readFileSync } from 'node:fs';
import { load } from '../../js/index.js';
import { serveRequests } from './serve_requests.js';

/** Compiled once: many requests name the same file. @type {Map<string, WebAssembly.Module>} */
const modules = new Map();

/** @param {string} path */
function moduleOf(path) {
  const module = modules.get(path) ?? new WebAssembly.Module(readFileSync(path));
  modules.set(path, module);
  return module;
}

await serveRequests(async ({ wasm, args, env, stdin, preopens, files }) => {
  let stdout = '', stderr = '';
  const app = await load(moduleOf(wasm), /** @type {any} */ ({
    args, env, stdin, preopens, files, exitOnDeadlock: true,
    stdout: (/** @type {Uint8Array} */ chunk) => { stdout += chunk; },
    stderr: (/** @type {Uint8Array} */ chunk) => { stderr += chunk; },
  }));
  try {
    return { code: await app.run(), signal: null, stdout, stderr };
  } catch (error) {
    return { code: null, signal: null, stdout, stderr: `${stderr}${/** @type {Error} */ (error).stack}\n` };
  }
});
