// A function of the library that lies on the stack of a coroutine that suspends
// must be instrumented by Asyncify: its file stands in SUSPENDS. What suspends is
// known from the header's "Suspends" fields and from the switch itself.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SUSPENDS } from '../js/cli/postlink.js';

const folders = ['../src/', '../wasm/libc/'].map((path) => new URL(path, import.meta.url));
const header = readFileSync(new URL('bide.h', folders[0]), 'utf8');

/** @returns {string[]} functions whose comment says that they may suspend */
function suspending() {
  const documented = [...header.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*BIDE_API[^;(]*?\b(bide_\w+)\(/g)];
  return documented.filter(([, comment]) => !/Suspends\s+never/.test(comment)).map(([, , name]) => name);
}

test('every file of the library that calls what suspends is in SUSPENDS', () => {
  const names = [...suspending(), 'bide__wait', 'coro_suspend', 'bide__host_run'];
  assert.ok(names.includes('bide_sleep') && names.includes('bide_run') && !names.includes('bide_create_task'));
  const calls = new RegExp(`\\b(${names.join('|')})\\(`);
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.c'))) {
      const code = readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
      if (calls.test(code)) assert.ok(SUSPENDS.has(file.replace(/\.c$/, '')), `${file} suspends but is not in SUSPENDS`);
    }
  }
});
