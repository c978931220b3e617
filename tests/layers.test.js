// A file of the C sources uses its own layer, those below it, and contracts; a call that goes up is a declared part (src/parts.h).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { contractNames, declaredIn, drawing, heightOf, includesOf, sources } from './support/layers.js';
import { membersOf } from './support/members.js';
import { root } from './support/paths.js';

const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const withoutComments = (/** @type {string} */ path) => read(path).replace(/\/\*[\s\S]*?\*\//g, '');

it('no file includes one of a higher layer', () => {
  const upward = sources.flatMap((path) => includesOf(path).filter((included) => heightOf(included) > heightOf(path)).map((included) => `${path} includes ${included}`));
  assert.deepEqual(upward, []);
});

it('what a file includes is found', () => {
  assert.deepEqual(includesOf('src/sync/queue.c'), ['src/sync/queue_heap.h', 'src/task/waiter.h']);
  assert.ok(heightOf('src/sync/queue.c') > heightOf('src/task/waiter.h'));
});

it('nobody but a backend knows more of switching than src/coro.h says', () => {
  const inside = ['src/native/', 'wasm/asyncify/'];
  const curious = sources.filter((path) => !inside.some((folder) => path.startsWith(folder)) && /\b(coro__\w+|bide__get_sp)\b/.test(withoutComments(path)));
  assert.deepEqual(curious, []);
  const contract = read('src/coro.h'), backend = withoutComments('wasm/asyncify/coro_backend.h');
  const functions = [...backend.matchAll(/\b(coro_(?!_)\w+)\(/g)].map(([, name]) => name).filter((name) => !contract.includes(name));
  assert.deepEqual(functions, []);
});

it('weak references stand in src/parts.h alone', () => {
  assert.deepEqual(sources.filter((path) => /\bweak\b/.test(withoutComments(path))), ['src/parts.h']);
});

for (const target of /** @type {const} */ (['js', 'wasi'])) {
  describe(`libbide.a for ${target}`, async () => {
    const members = await membersOf(target);
    /** @param {string} name */
    const pathOf = (name) => sources.filter((path) => basename(path).replace(/\.[cS]$/, '') === name && !path.startsWith('src/native'))[0];
    const homes = new Map(members.flatMap(({ name, defined }) => [...defined].map((symbol) => [symbol, pathOf(name)])));
    const references = members.flatMap(({ name, references: all }) => all.map((reference) => ({ ...reference, from: pathOf(name), to: homes.get(reference.name) })));

    it('no member refers to a higher layer, but by a contract or a part', (t) => {
      const upward = references.filter(({ from, to, isWeak }) => to && !isWeak && heightOf(to) > heightOf(from));
      const calls = upward.filter(({ name }) => !contractNames.has(name)).map(({ from, name, to }) => `${from} calls ${name} of ${to}`);
      t.diagnostic(`${calls.length} calls go up; ${upward.length - calls.length} references to what a contract declares`);
      assert.deepEqual(calls, []);
    });

    it('every weak reference is to a part', () => {
      const parts = declaredIn('src/parts.h');
      const others = references.filter(({ name, isWeak, to }) => isWeak && to && !parts.has(name));
      assert.deepEqual(others, []);
      assert.ok(references.some(({ isWeak }) => isWeak));
    });
  });
}

it('static functions have names of their own', () => {
  /** @type {Map<string, Set<string>>} */
  const files = new Map();
  for (const path of sources.filter((file) => file.endsWith('.c'))) {
    for (const [, name] of withoutComments(path).matchAll(/^(?:[A-Z_]+ )*static [^;={(]*?\b(\w+)\(/gm)) {
      if (name !== '__attribute__') files.set(name, (files.get(name) ?? new Set()).add(path));
    }
  }
  assert.ok(files.size > 200);
  assert.deepEqual([...files].filter(([, paths]) => paths.size > 1).map(([name, paths]) => `${name}: ${[...paths].join(' ')}`), []);
});

it('CONTRIBUTING.md draws the layers', () => {
  assert.ok(read('CONTRIBUTING.md').includes(drawing()), `draw them so:\n${drawing()}`);
});
