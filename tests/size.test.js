// What hello weighs for each target, and the runtime in JavaScript. So a change is noticed if it makes programs larger that do
// not use it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bundleRuntime } from '../js/cli/bundle.js';
import { makeProgram } from '../js/cli/program.js';
import { root } from './support/paths.js';

/** One version of gzip doesn't make quite the size that another makes. */
const SLACK = 1.01;
const FILE = 'tests/expected/size.json';

/** @type {Record<'js' | 'wasi' | 'app.mjs', number>} */
const expected = JSON.parse(readFileSync(join(root, FILE), 'utf8'));

/** As `bide build` makes it. @param {'js' | 'wasi'} target */
function makeHello(target) {
  return makeProgram({
    inputs: [join(root, 'examples/hello.c')], target, flags: [], libs: [], libDirs: [],
    level: '2', debug: false, names: false, stackCheck: true, mainOptional: false, verbose: false,
  });
}

/** @param {string | Uint8Array} data */
const gzipped = (data) => gzipSync(data, { level: 9 }).length;

describe('gzipped bytes of hello.wasm', () => {
  for (const target of /** @type {const} */ (['js', 'wasi'])) {
    it(target, { timeout: 120_000 }, async () => {
      const size = gzipped(await makeHello(target)), limit = Math.floor(expected[target] * SLACK);
      assert.ok(size <= limit, `hello for ${target} has ${size} bytes, more than ${limit}. `
        + `What it does not use should cost it nothing: find what it now refers to. If it is to grow, write ${size} into ${FILE}.`);
    });
  }
});

it('gzipped bytes of its app.mjs', { timeout: 120_000 }, async () => {
  const size = gzipped(await bundleRuntime(await makeHello('js'))), limit = Math.floor(expected['app.mjs'] * SLACK);
  assert.ok(size <= limit, `app.mjs has ${size} bytes, more than ${limit}. If it is to grow, write ${size} into ${FILE}.`);
});
