// Runs a WASI module by Node's own node:wasi. `bide run --target wasi --engine node` starts it.
//
//   node wasi-node.js FILE.wasm '{"args": [...], "preopens": {...}}'

import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';
import { exhaustion, isExhaustion } from '../runtime/trap.js';

const [file, settings] = process.argv.slice(2);
const { args, preopens } = JSON.parse(settings);
const wasi = new WASI({ version: 'preview1', args, preopens, env: process.env, returnOnExit: true });

try {
  const { instance } = await WebAssembly.instantiate(readFileSync(file), /** @type {any} */ (wasi.getImportObject()));
  process.exitCode = wasi.start(instance);
} catch (error) {
  if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
  if (isExhaustion(error)) process.stderr.write(`bide: trap: ${exhaustion(error)}\n`);
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 134;   // a shell's number for abort()
}
