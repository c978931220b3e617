// Rows of bytes: what hello is for a page and for WASI, what the passes add.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { command } from './command.js';
import { compileGo, HELLO, here } from './programs.js';
import { GOALS, row } from './rows.js';

/** @typedef {import('./rows.js').Row} Row
 *  @typedef {{ raw: number, gzip: number }} Size */

/** @param {import('./tools.js').Tools} tools  @returns {Promise<Row[]>} */
export async function sizeRows({ go }) {
  const hello = await buildHello();
  const inGo = async (/** @type {'js' | 'wasip1'} */ system) => go && sizeOf(await compileGo(go, here('peers/hello.go'), system));
  return [
    ...bothSizes('hello, wasm', 'js', hello.wasm, `${go?.name} js/wasm`, await inGo('js'), GOALS.wasmBytes),
    ...bothSizes('hello, JavaScript', 'js', hello.js, '', undefined, GOALS.jsBytes),
    ...bothSizes('hello, wasm', 'wasi', hello.wasi, `${go?.name} wasip1`, await inGo('wasip1')),
    ...await passRows(),
  ];
}

async function buildHello() {
  const dir = mkdtempSync(join(tmpdir(), 'bide-bench-'));
  const build = (/** @type {string[]} */ ...args) => command(process.execPath, [here('../js/cli/main.js'), 'build', HELLO, ...args]);
  try {
    await build('-o', join(dir, 'js'));
    await build('--target', 'wasi', '-o', join(dir, 'hello.wasm'));
    return { wasm: sizeOf(join(dir, 'js/app.wasm')), js: sizeOf(join(dir, 'js/app.mjs')), wasi: sizeOf(join(dir, 'hello.wasm')) };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function passRows() {
  const text = await command(process.execPath, [here('pass_sizes.js')]);
  const { full, unchecked, plain, debug, libc } = /** @type {Record<string, Size>} */ (JSON.parse(text));
  const core = { raw: full.raw - libc.raw, gzip: full.gzip - libc.gzip };
  const name = 'all of the core and its libc, wasm';
  return [
    ...bothSizes('all of the core, wasm', 'wasi', core, 'the libc it uses', libc, GOALS.coreBytes),
    ...bothSizes(name, 'wasi', full, 'without Asyncify', plain), ...bothSizes(name, 'wasi', full, 'without stack check', unchecked),
    ...bothSizes(name, 'wasi', full, 'with debug mode', debug),
  ];
}

/** @param {string} name  @param {string} host  @param {Size} size  @param {string} peer  @param {Size} [peerSize]
 *  @param {import('./rows.js').Goal} [goal]  of the gzipped bytes  @returns {Row[]} */
function bothSizes(name, host, size, peer, peerSize, goal) {
  const more = (/** @type {keyof Size} */ kind) => (peerSize ? { peer, peerValue: peerSize[kind] } : {});
  return [row(name, host, size.raw, 'bytes', more('raw')), row(`${name}, gzip`, host, size.gzip, 'bytes', { ...more('gzip'), goal })];
}

/** @param {string} file  @returns {Size} */
function sizeOf(file) {
  const bytes = readFileSync(file);
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}
