// A program whose streams are the process's own, and the end of the process.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildJs } from './build_js.js';

const dir = mkdtempSync(join(tmpdir(), 'bide-load-'));
before(async () => {
  for (const name of ['main', 'promises']) writeFileSync(join(dir, name), await buildJs(name));
});
after(() => rmSync(dir, { recursive: true }));

/** @param {string} name  @param {string[]} args  @param {{ stdin?: any, env?: Record<string, string> }} [options] */
function begin(name, args, { stdin = 'ignore', env = {} } = {}) {
  const script = fileURLToPath(new URL('load_child.js', import.meta.url));
  const child = spawn(process.execPath, [script, join(dir, name), ...args], { stdio: [stdin, 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const seen = { code: /** @type {number | null} */ (null), stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => { seen.stdout += chunk; });
  child.stderr?.on('data', (chunk) => { seen.stderr += chunk; });
  const ended = new Promise((resolve) => child.on('close', (code) => resolve({ ...seen, code })));
  return { child, seen, ended };
}

/** @param {string} name  @param {string[]} args  @param {any} [options] */
const outcome = (name, args, options) => begin(name, args, options).ended;

describe('the process ends', () => {
  it('when the program does, with nothing held', async () => {
    const start = performance.now();
    assert.deepEqual(await outcome('main', ['run'], { env: { BIDE_VIRTUAL_TIME: '1' } }), { code: 0, stdout: 'slept\n', stderr: '' });
    assert.ok(performance.now() - start < 5000);
  });

  it('not before a timer of the program', async () => {
    assert.deepEqual(await outcome('main', ['run']), { code: 0, stdout: 'slept\n', stderr: '' });
  });

  it('at a deadlock with 13 and a report', async () => {
    const { code, stderr } = await outcome('main', ['forever']);
    assert.equal(code, 13);
    assert.match(stderr, /deadlock/);
    assert.match(stderr, /Task-1 waits for a sleep/);
  });

  it('with 13 when a promise can never settle, which is named', async () => {
    const { code, stderr } = await outcome('promises', []);
    assert.equal(code, 13);
    assert.match(stderr, /the promise of get\(\) never settles/);
    assert.match(stderr, /Task-1 waits for a promise/);
  });

  it('after Ctrl-C with 130', async () => {
    const { child, ended } = begin('main', ['read'], { stdin: 'pipe' });
    child.stdin?.write('x');
    await once(child.stdout, 'data');        // the program runs
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
  });
});

describe('stdin of the process', () => {
  it('is read while it comes', async () => {
    const { child, seen, ended } = begin('main', ['read'], { stdin: 'pipe' });
    child.stdin?.write('one');
    while (!seen.stdout.includes('one') && child.exitCode === null) await pause(10);
    await pause(50);
    child.stdin?.end('two');
    assert.deepEqual(await ended, { code: 0, stdout: '3 [one]\n3 [two]\n0 []\n', stderr: '' });
  });

  it('may be a file', async () => {
    writeFileSync(join(dir, 'input'), 'hello, world\n');
    const { stdout } = await outcome('main', ['read'], { stdin: openSync(join(dir, 'input'), 'r') });
    assert.equal(stdout, '8 [hello, w]\n5 [orld\n]\n0 []\n');
  });

  it('may be a directory, which is OSError with the system\'s message', async () => {
    const { code, stdout, stderr } = await outcome('main', ['read'], { stdin: openSync(dir, 'r') });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /OSError: Is a directory/);
  });

  it('may be at its end', async () => {
    assert.equal((await outcome('main', ['read'])).stdout, '0 []\n');
    assert.equal((await outcome('main', ['lines'])).stdout, '');
  });

  it('is waited for by C\'s own reading', async () => {
    const { child, ended } = begin('main', ['lines'], { stdin: 'pipe' });
    await pause(200);
    child.stdin?.end('one\ntwo\n');
    assert.equal((await ended).stdout, 'line one\nline two\n');
  });
});
