// The bundlers that people make pages with. Each bundles main.js of a folder, also one that starts a Worker, and must not
// complain of anything. The page that it makes runs in Chromium.

import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inBrowser, inWorker, page, pageScript } from './browsers.js';
import { writeIn } from './project.js';

/** @typedef {import('./project.js').Subject} Subject
 *  @typedef {import('./matrix.js').Way} Way
 *  @typedef {(folder: string, output: string) => Promise<string[]>} Bundler  resolves with warnings and errors */

/** An old Node can't load Vite, so each is loaded when it is used. @type {Record<string, Bundler>} */
export const BUNDLERS = { esbuild: bundleByEsbuild, Vite: bundleByVite, webpack: bundleByWebpack };

/** What the scripts of the pages import. @type {Record<Subject, string>} */
const STARTS = {
  package: "import { load } from 'bide';\nconst start = (options) => load(new URL('./app.wasm', import.meta.url), options);\n",
  'app.mjs': "import { load as start } from './app.mjs';\n",
};

/** @param {string} name  of a bundler  @returns {Way[]} */
export function bundlerWays(name) {
  return ['page', 'Worker'].flatMap((place) => /** @type {Subject[]} */ (['package', 'app.mjs']).map((subject) => ({
    name: place,
    subject,
    async check(dir) {
      const folder = `bundles/${name}-${subject}-${place}`, output = `out/${name}-${subject}-${place}`;
      cpSync(join(dir, 'app'), join(dir, folder), { recursive: true });
      if (place === 'Worker') writeIn(dir, `${folder}/worker.js`, inWorker(subject, STARTS[subject]));
      writeIn(dir, `${folder}/main.js`, place === 'Worker' ? pageScript('./worker.js') : pageScript(subject, STARTS[subject]));
      const complaints = await BUNDLERS[name](join(dir, folder), join(dir, output));
      if (complaints.length) throw new Error(`${name} complains: ${complaints.join('\n')}`);
      await inBrowser('chromium', dir, `/${output}/index.html`);
    },
  })));
}

/** esbuild leaves new URL(…, import.meta.url) as it is, so app.wasm has to be copied, and a worker is an entry of its own. @type {Bundler} */
async function bundleByEsbuild(folder, output) {
  const { build } = await import('esbuild');
  const { warnings, errors } = await build({
    absWorkingDir: folder, entryPoints: ['main.js', 'worker.js'].filter((name) => existsSync(join(folder, name))), outdir: output,
    bundle: true, minify: true, platform: 'browser', format: 'esm', logLevel: 'silent',
  });
  cpSync(join(folder, 'app.wasm'), join(output, 'app.wasm'));
  writeIn(output, 'index.html', page('main.js'));
  return [...warnings, ...errors].map(({ text }) => text);
}

/** @type {Bundler} */
async function bundleByVite(folder, output) {
  const { build } = await import('vite');
  writeIn(folder, 'index.html', page('main.js'));
  /** @type {string[]} */
  const complaints = [];
  await build({
    root: folder, base: './', configFile: false, customLogger: loggerInto(complaints),
    build: { outDir: output, emptyOutDir: true }, worker: { format: 'es' },
  });
  return complaints;
}

/** What Vite's server complains of when a page asks for the files of a folder.
 *  @param {string} folder  @param {string[]} files  @returns {Promise<string[]>} */
export async function serveByVite(folder, files) {
  const { createServer } = await import('vite');
  /** @type {string[]} */
  const complaints = [];
  const server = await createServer({
    root: folder, configFile: false, customLogger: loggerInto(complaints),
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
async function bundleByWebpack(folder, output) {
  const { default: webpack } = await import('webpack');
  const compiler = webpack({ context: folder, entry: './main.js', mode: 'production', target: 'web', output: { path: output } });
  /** @type {import('webpack').Stats} */
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => compiler.close(() => (result ? resolve(result) : reject(error))));
  });
  mkdirSync(output, { recursive: true });
  writeIn(output, 'index.html', page('main.js'));
  const { warnings = [], errors = [] } = stats.toJson({ all: false, warnings: true, errors: true });
  return [...warnings, ...errors].map(({ message }) => message);
}
