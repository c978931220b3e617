// Debug mode names the values of JavaScript that a program never cleared, by the calls that gave them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { root } from '../support/paths.js';
import { runProcess } from '../support/process.js';

const source = fileURLToPath(new URL('programs/uncleared.c', import.meta.url));
const lines = readFileSync(source, 'utf8').split('\n');
/** @param {string} mark  at the end of a line */
const at = (mark) => `${source}:${lines.findIndex((line) => line.endsWith(`/* ${mark} */`)) + 1}`;

/** @param {string[]} options */
const run = (...options) => runProcess(process.execPath, ['js/cli/main.js', 'run', ...options, source], { cwd: root, timeout: 120_000 });

it('a value of JavaScript that is never cleared is reported, with the call that gave it', async () => {
  const reports = [
    `2 values of JavaScript were never cleared, from bide_js_global at ${at('MATH')}`,
    `1 value of JavaScript was never cleared, from bide_js_await at ${at('AWAIT')}`,
    `2 values of JavaScript were never cleared, from later at ${at('LATER')}`,
    `1 value of JavaScript was never cleared, from bide_js_call_method at ${at('NESTED')}`,
  ];
  assert.deepEqual(await run('--debug'), { code: 0, signal: null, stdout: '', stderr: reports.map((line) => `bide: debug: ${line}\n`).join('') });
});

it('but not without debug mode', async () => {
  assert.deepEqual(await run(), { code: 0, signal: null, stdout: '', stderr: '' });
});
