// js/link runs wherever Binaryen does, and knows nothing of the command.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from '../support/paths.js';

const folder = join(root, 'js/link'), files = readdirSync(folder);
const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8').replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '');

it('imports its own files and binaryen', () => {
  const imported = files.flatMap((name) => [...read(name).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, source]) => source));
  assert.deepEqual(imported.filter((source) => source !== 'binaryen' && !files.includes(source.replace('./', ''))), []);
});

it('uses no global of Node', () => {
  assert.deepEqual(files.filter((name) => /\b(Buffer|process|require|__dirname)\b/.test(read(name))), []);
});
