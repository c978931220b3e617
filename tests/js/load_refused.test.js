// Modules that load() can't take are refused in a sentence.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { load } from '../../js/index.js';
import { linkedProgram } from '../link/linked.js';
import { workspace } from './cli_support.js';

const EXPORT = '#include <bide.h>\nBIDE_EXPORT int two(void) { return 2; }\nint main(void) { return 0; }\n';
const PLAIN = 'int main(void) { return 0; }\n';

test('load: a module for WASI', async (t) => {
  const { bide, dir } = workspace(t, { 'app.c': PLAIN });
  assert.equal(bide(['build', '--target', 'wasi', 'app.c', '-o', 'app.wasm']).status, 0);
  await assert.rejects(load(readFileSync(join(dir, 'app.wasm'))), { name: 'TypeError', message: 'load: the module is one for WASI: --target js makes one for load()' });
});

test('load: a module that is only linked', { timeout: 120_000 }, async () => {
  const { wasm } = await linkedProgram('only_usleep', 'js');
  await assert.rejects(load(wasm), { name: 'TypeError', message: 'load: the module is not finished: bide link does that' });
});

test('load: a module of somebody else\'s', async () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  await assert.rejects(load(empty), { name: 'TypeError', message: 'load: the module was not made by bide' });
});

test('load: app.mjs with the module of another program', async (t) => {
  const { bide, dir } = workspace(t, { 'plain.c': PLAIN, 'export.c': EXPORT });
  for (const name of ['plain', 'export']) assert.equal(bide(['build', `${name}.c`, '-o', name]).status, 0);
  copyFileSync(join(dir, 'export/app.wasm'), join(dir, 'plain/app.wasm'));
  const app = await import(pathToFileURL(join(dir, 'plain/app.mjs')).href);
  await assert.rejects(app.load(), { name: 'TypeError', message: /^load: this runtime has no calls?_\w+\(\): it was built for another program, or is of another version$/ });
});
