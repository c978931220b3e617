// Runs programs of the wasi target in node:wasi; see server.js.
//
// node:wasi wants descriptors, so the three streams are files.

import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { serveRequests } from './serve_requests.js';

/** As a shell reports abort(). */
const TRAPPED = 134;

const dir = mkdtempSync(join(tmpdir(), 'bide-test-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
const file = (/** @type {string} */ name) => join(dir, name);

/** @type {Map<string, WebAssembly.Module>} */
const modules = new Map();

/** @param {string} path */
function moduleOf(path) {
  const module = modules.get(path) ?? new WebAssembly.Module(readFileSync(path));
  modules.set(path, module);
  return module;
}

/** @param {import('./server.js').Request} request */
async function start({ wasm, args, env, preopens }, /** @type {number[]} */ [stdin, stdout, stderr]) {
  const wasi = new WASI({ version: 'preview1', args, env, preopens, stdin, stdout, stderr, returnOnExit: true });
  const instance = await WebAssembly.instantiate(moduleOf(wasm), /** @type {any} */ (wasi.getImportObject()));
  return wasi.start(instance);
}

await serveRequests(async (request) => {
  writeFileSync(file('stdin'), request.stdin);
  const streams = [openSync(file('stdin'), 'r'), openSync(file('stdout'), 'w'), openSync(file('stderr'), 'w')];
  let failure = '';
  /** @type {number | null} */
  let code = null;
  try {
    code = await start(request, streams);
  } catch (error) {
    failure = `${/** @type {Error} */ (error).stack}\n`;
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) code = TRAPPED;
  }
  streams.forEach((fd) => closeSync(fd));
  return { code, signal: null, stdout: readFileSync(file('stdout'), 'utf8'), stderr: readFileSync(file('stderr'), 'utf8') + failure };
});
