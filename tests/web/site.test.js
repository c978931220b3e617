// The server of the pages, without a browser.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runProcess } from '../support/process.js';
import { root } from '../support/paths.js';
import { serveSite } from '../../web/site.js';

/** @typedef {{ status: number, headers: import('node:http').IncomingHttpHeaders, body: string }} Answer */

describe('site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bide-site-'));
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;

  before(async () => {
    for (const dir of ['pages/sub', 'apps', 'pages-private']) mkdirSync(join(folder, dir), { recursive: true });
    for (const name of ['pages/index.html', 'pages/a b.css', 'pages/sub/index.html', 'pages/notes.unknown', 'pages/.hidden.js',
      'apps/app.mjs', 'apps/app.wasm', 'apps/app.c', 'secret.js', 'pages-private/secret.js']) writeFileSync(join(folder, name), name);
    symlinkSync('../secret.js', join(folder, 'pages/link.js'));
    site = await serveSite({ '/': join(folder, 'pages'), '/apps/': join(folder, 'apps') }, 0);
  });
  after(async () => {
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Ask for the path as it stands, since fetch would tidy it up.
   *  @param {string} path  @param {string} [method]  @returns {Promise<Answer>} */
  const ask = (path, method = 'GET') => new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site.url);
    request({ hostname, port, path, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => { body += text; });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    }).on('error', reject).end();
  });

  test('gives files their types', async () => {
    /** @type {Record<string, string>} */
    const types = { '/': 'text/html', '/a%20b.css': 'text/css', '/apps/app.mjs': 'text/javascript', '/apps/app.wasm': 'application/wasm', '/apps/app.c': 'text/plain' };
    for (const [path, type] of Object.entries(types)) {
      const { status, headers } = await ask(path);
      assert.equal(status, 200, path);
      assert.equal(headers['content-type']?.split(';')[0], type, path);
    }
  });

  test('finds the index of a folder, whatever the query', async () => {
    assert.equal((await ask('/sub/?arg=1')).body, 'pages/sub/index.html');
  });

  test('serves a page under the strict policy, and errors too', async () => {
    for (const path of ['/', '/missing.html']) {
      const { headers } = await ask(path);
      assert.match(String(headers['content-security-policy']), /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval';/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
  });

  test('leaves its folders by no way', async () => {
    const paths = ['/../secret.js', '/..%2fsecret.js', '/%2e%2e/secret.js', '/sub/../../secret.js', '/apps/../secret.js', '/..%5csecret.js',
      '/link.js', '/../pages-private/secret.js', '//secret.js', '/.hidden.js', '/%00.js', `${join(folder, 'secret.js')}`, 'secret.js'];
    for (const path of paths) {
      const { status, body } = await ask(path);
      assert.ok([400, 404].includes(status), `${path}: ${status}`);
      assert.doesNotMatch(body, /secret|hidden/);
    }
  });

  test('refuses what is no path, no file, no known type, no reading', async () => {
    assert.equal((await ask('/%zz')).status, 400);
    assert.equal((await ask('/sub')).status, 404);
    assert.equal((await ask('/notes.unknown')).status, 404);
    const post = await ask('/', 'POST');
    assert.deepEqual([post.status, post.headers.allow], [405, 'GET, HEAD']);
  });

  test('HEAD tells the size and sends nothing', async () => {
    const { headers, body } = await ask('/apps/app.wasm', 'HEAD');
    assert.deepEqual([headers['content-length'], body], [String('apps/app.wasm'.length), '']);
  });

  test('listens on this machine alone', () => {
    assert.equal(new URL(site.url).hostname, '127.0.0.1');
  });

  test('a port in use is told, with exit 1', async () => {
    const { port } = new URL(site.url);
    const { code, stderr } = await runProcess(process.execPath, ['web/serve.js', '--port', port], { cwd: root, timeout: 120_000 });
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`port ${port} is in use`));
  });

  for (const args of [['--port'], ['--port', 'x'], ['--port', '70000'], ['--colour'], ['file']]) {
    test(`web ${args.join(' ')} is answered with the usage, and exit 2`, async () => {
      const { code, stdout, stderr } = await runProcess(process.execPath, ['web/serve.js', ...args], { cwd: root });
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^usage: .*--port N/);
    });
  }
});
