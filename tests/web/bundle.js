// The bundlers that people make pages with. Each bundles main.js of a project, and tells what it complains of.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { createServer, build as vite } from 'vite';
import webpack from 'webpack';

/** @typedef {(project: string, output: string) => Promise<string[]>} Bundler  resolves with warnings and errors */

/** @type {Record<string, Bundler>} */
export const BUNDLERS = { esbuild: bundleByEsbuild, vite: bundleByVite, webpack: bundleByWebpack };

/** @param {string} script */
const page = (script) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>hello</title>
<link rel="icon" href="/icon.svg">
<pre id="terminal"></pre>
<p id="status"></p>
${script}
</html>
`;

/** esbuild leaves new URL(…, import.meta.url) as it is, so app.wasm has to be copied. @type {Bundler} */
async function bundleByEsbuild(project, output) {
  const { warnings, errors } = await esbuild({
    absWorkingDir: project, entryPoints: ['main.js'], outdir: output,
    bundle: true, minify: true, platform: 'browser', format: 'esm', logLevel: 'silent',
  });
  cpSync(join(project, 'app.wasm'), join(output, 'app.wasm'));
  writeFileSync(join(output, 'index.html'), page('<script type="module" src="main.js"></script>'));
  return [...warnings, ...errors].map(({ text }) => text);
}

/** @type {Bundler} */
async function bundleByVite(project, output) {
  writeFileSync(join(project, 'index.html'), page('<script type="module" src="main.js"></script>'));
  /** @type {string[]} */
  const complaints = [];
  await vite({
    root: project, base: './', configFile: false, customLogger: loggerInto(complaints),
    build: { outDir: output, emptyOutDir: true },
  });
  return complaints;
}

/** What Vite's server complains of when a page asks for the files of a project.
 *  @param {string} project  @param {string[]} files  @returns {Promise<string[]>} */
export async function serveByVite(project, files) {
  /** @type {string[]} */
  const complaints = [];
  const server = await createServer({
    root: project, configFile: false, customLogger: loggerInto(complaints),
    server: { middlewareMode: true, ws: false }, optimizeDeps: { noDiscovery: true },
  });
  for (const file of files) await server.transformRequest(file);
  await server.close();
  return complaints;
}

/** @param {string[]} complaints  gets warnings and errors  @returns {import('vite').Logger} */
function loggerInto(complaints) {
  const complain = (/** @type {string} */ line) => { complaints.push(line); };
  return { info() {}, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false, warn: complain, warnOnce: complain, error: complain };
}

/** @type {Bundler} */
async function bundleByWebpack(project, output) {
  const compiler = webpack({ context: project, entry: './main.js', mode: 'production', target: 'web', output: { path: output } });
  /** @type {import('webpack').Stats} */
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => compiler.close(() => (result ? resolve(result) : reject(error))));
  });
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'index.html'), page('<script defer src="main.js"></script>'));
  const { warnings = [], errors = [] } = stats.toJson({ all: false, warnings: true, errors: true });
  return [...warnings, ...errors].map(({ message }) => message);
}
