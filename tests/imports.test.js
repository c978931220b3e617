// What hello.wasm asks of its host and offers to it, for each target: nothing may come or go unnoticed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from './support/paths.js';
import { program } from './support/program.js';
import { buildWasm } from './support/wasm.js';

/** @param {WebAssembly.Module} module  @returns {string} a line each, sorted */
function surface(module) {
  const imports = WebAssembly.Module.imports(module).map(({ module: from, name, kind }) => `import ${kind} ${from} ${name}`);
  const exports = WebAssembly.Module.exports(module).map(({ name, kind }) => `export ${kind} ${name}`);
  return [...imports.sort(), ...exports.sort(), ''].join('\n');
}

describe('imports and exports of hello.wasm', () => {
  for (const target of /** @type {const} */ (['js', 'wasi'])) {
    it(target, async () => {
      const wasm = readFileSync(await buildWasm(program(join(root, 'examples/hello.c')), target));
      assert.equal(surface(new WebAssembly.Module(wasm)), readFileSync(join(root, `tests/expected/imports-${target}.txt`), 'utf8'));
    });
  }
});
