// test_callbacks.c has every kind of function that a program can give to the library.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from './support/paths.js';

const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const header = read('include/bide.h').replace(/\/\*[\s\S]*?\*\//g, '');
const tests = read('tests/c/test_callbacks.c');

/** Types of functions, and members that point to a function of no such type. */
const types = [...header.matchAll(/^typedef [^;{}()]*?\b(bide_(?!_)\w+)\([^;]*\);/gm)].map(([, name]) => name);
const members = [...header.replace(/typedef struct \{[^}]*\} bide__\w+;/g, '').matchAll(/\(\*(\w+)\)\(/g)].map(([, name]) => name);

it('each type of function is tried: it may wait, or is refused', () => {
  assert.ok(types.includes('bide_fn') && types.includes('bide_compare') && members.includes('loop_factory'));
  const tried = [...tests.matchAll(/TEST\(callback_(\w+)\)/g)].map(([, name]) => name);
  assert.deepEqual([...types, ...members].filter((type) => !tried.some((name) => new RegExp(`(^|_and_)${type}_`).test(name))), []);
});

it('each public function that takes one is called', () => {
  const takers = [...header.matchAll(/^BIDE_API [^;{(]*?\b(bide_(?!_)\w+)\(([^;{]*?)\)[^)]*?;/gms)]
    .filter(([, , parameters]) => types.some((type) => new RegExp(`\\b${type} \\*`).test(parameters)))
    .map(([, name]) => name);
  assert.ok(takers.length > 30);
  assert.deepEqual(takers.filter((name) => !new RegExp(`\\b${name}\\(`).test(tests)), []);
});
