// workerd, the engine of Cloudflare Workers. It compiles no bytes, so it is given the module. A timer or a port that one
// request has made says nothing in the next, so each makes an app of its own, and more than one request is made.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findTool } from '../support/tools.js';
import { EXPECTED, withCheck, writeIn } from './project.js';

/** @typedef {import('./matrix.js').Way} Way */

/** Answers each request by what check() gives. */
const MAIN = withCheck(`import module from './app.wasm';
const answer = () => check((options) => load({ module, ...options })).catch((error) => String(error?.stack ?? error));
export default { async fetch() { return new Response(await answer()); } };
`);

/** @param {Record<string, string>} modules  paths of files in the project by the names of modules; the first is the worker's */
const config = (modules) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
${Object.entries(modules).map(([name, path]) => `    (name = "${name}", ${name.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${path}"),`).join('\n')}
  ],
  compatibilityDate = "2026-11-01",
);
`;

/** @returns {Way[]} */
export function workerdWays() {
  return [
    { name: 'import', subject: 'app.mjs', check: (dir) => serve(dir, 'app', { 'main.mjs': 'workerd-app.mjs', 'app.mjs': 'app/app.mjs', 'app.wasm': 'app/app.wasm' }, `import { load } from './app.mjs';\n${MAIN}`) },
    { name: 'import, bundled by esbuild', subject: 'package', check: serveBundled },
  ];
}

/** @param {string} dir */
async function serveBundled(dir) {
  const { build } = await import('esbuild');
  writeIn(dir, 'workerd-source.mjs', `import { load } from 'bide';\n${MAIN}`);
  const { outputFiles: [bundle] } = await build({
    absWorkingDir: dir, entryPoints: ['workerd-source.mjs'], write: false, bundle: true, format: 'esm',
    conditions: ['workerd', 'worker', 'browser'], external: ['*.wasm'], logLevel: 'silent',
  });
  await serve(dir, 'package', { 'main.mjs': 'workerd-package.mjs', 'app.wasm': 'app/app.wasm' }, bundle.text);
}

/** @param {string} dir  @param {string} name  @param {Record<string, string>} modules  @param {string} main  text of the worker's module */
async function serve(dir, name, modules, main) {
  writeIn(dir, `workerd-${name}.mjs`, main);
  await withWorkerd(dir, name, modules, async (url) => {
    const answers = [await ask(url), ...await Promise.all([ask(url), ask(url), ask(url)]), await ask(url)];
    if (answers.some((text) => text !== EXPECTED)) throw new Error(`workerd answered ${answers.join(', ')}`);
  });
}

/** @param {string} dir  @param {string} name  @param {Record<string, string>} modules  their paths in `dir` by their names; the first is the worker's
 *  @param {(url: string) => Promise<void>} work  is told where workerd listens */
export async function withWorkerd(dir, name, modules, work) {
  writeIn(dir, `workerd-${name}.capnp`, config(modules));
  const child = spawn(findTool('workerd').path ?? '', ['serve', join(dir, `workerd-${name}.capnp`), '--control-fd=3'], { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  try {
    await work(`http://127.0.0.1:${await portOf(child)}/`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** A request that is never answered must not keep the test. @param {string} url */
export const ask = async (url) => (await fetch(url, { signal: AbortSignal.timeout(20_000) })).text();

/** @param {import('node:child_process').ChildProcess} child  @returns {Promise<number>} where it listens */
function portOf(child) {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk) => { said += chunk; });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`workerd ended with ${code}: ${said}`)));
    child.stdio[3]?.on('data', (chunk) => {
      const [, port] = /"port":(\d+)/.exec(String(chunk)) ?? [];
      if (port) resolve(Number(port));
    });
  });
}
