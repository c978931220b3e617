// A server of files, for pages under a strict policy.
//
// Folders are mounted under URL prefixes; of several that match, the longest
// counts. A link that leads out of its folder counts as no file, and neither
// does a hidden file.

import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';

/** @typedef {Record<string, string>} Mounts  URL prefix, with a slash at its end, to folder */

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.c': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; "
    + "form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** Serve `mounts` to this machine alone.
 *  @param {Mounts} mounts
 *  @param {number} port  0: any that is free
 *  @returns {Promise<{ url: string, close(): Promise<void> }>} once it listens */
export async function serveSite(mounts, port) {
  const server = createServer((request, response) => {
    answer(mounts, request, response).catch(() => fail(response, 500));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const { port: chosen } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${chosen}/`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** @param {Mounts} mounts  @param {import('node:http').IncomingMessage} request  @param {import('node:http').ServerResponse} response */
async function answer(mounts, { method, url }, response) {
  if (method !== 'GET' && method !== 'HEAD') return fail(response, 405, { Allow: 'GET, HEAD' });
  const path = decoded(url ?? '');
  if (path === undefined) return fail(response, 400);
  const file = await find(mounts, path);
  if (!file) return fail(response, 404);
  response.writeHead(200, { ...HEADERS, 'Content-Type': file.type, 'Content-Length': file.size });
  if (method === 'HEAD') response.end();
  else createReadStream(file.path).on('error', () => response.destroy()).pipe(response);
}

/** The path of a URL as it stands: the URL class would resolve `..` before it can be refused.
 *  @param {string} url  @returns {string | undefined} */
function decoded(url) {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
    return path.startsWith('/') && !/[\\\0]/.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Mounts} mounts  @param {string} path  @returns {Promise<{ path: string, size: number, type: string } | undefined>} */
async function find(mounts, path) {
  const parts = path.split('/');
  if (parts.some((part) => part.startsWith('.'))) return undefined;   // `..`, and hidden files
  const prefix = Object.keys(mounts).filter((p) => path.startsWith(p)).sort((a, b) => b.length - a.length)[0];
  if (prefix === undefined) return undefined;
  const name = path.endsWith('/') ? `${path}index.html` : path;
  const type = TYPES[extname(name)];
  return type ? fileIn(mounts[prefix], name.slice(prefix.length), type) : undefined;
}

/** @param {string} folder  @param {string} name  @param {string} type */
async function fileIn(folder, name, type) {
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, name))]);
    const found = await stat(path);
    return found.isFile() && path.startsWith(root + sep) ? { path, size: found.size, type } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {import('node:http').ServerResponse} response  @param {number} status  @param {Record<string, string>} [headers] */
function fail(response, status, headers) {
  if (response.headersSent) return response.destroy();
  const text = { 400: 'bad request', 404: 'not found', 405: 'method not allowed' }[status] ?? 'server error';
  response.writeHead(status, { ...HEADERS, ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
