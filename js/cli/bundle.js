// app.mjs: the runtime in one file, with load() for the app.wasm beside it. Parts that the program has no use for stay out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOC, CALL_PREFIX, INT_MODULE, JAVASCRIPT_MODULE, PROMISE_MODULE, TYPED_PREFIX } from '../link/names.js';
import { exports, imports } from '../link/wasm.js';
import { BuildError } from './errors.js';
import { packageDir } from './paths.js';

/** @typedef {{ imported: (module: string, pattern?: RegExp) => boolean, exported: (prefix: string) => boolean }} Module */

/** @type {(module: Module) => boolean} */
const callbacks = ({ imported }) => imported('bide', /^callback_/);
/** @type {(module: Module) => boolean} */
const functions = (module) => module.exported(TYPED_PREFIX) || callbacks(module);
/** @type {(module: Module) => boolean} */
const calls = (module) => module.exported(CALL_PREFIX) || functions(module);
/** @type {(module: Module) => boolean} */
const promises = ({ imported }) => imported(PROMISE_MODULE) || imported(INT_MODULE) || imported('bide', /^(promise_|outcome|value_promise)/);
/** @type {(module: Module) => boolean} */
const bodies = ({ imported }) => imported(JAVASCRIPT_MODULE);
/** @type {(module: Module) => boolean} */
const values = ({ imported }) => imported('bide', /^value_/);
/** @type {(module: Module) => boolean} */
const iterators = ({ imported }) => imported('bide', /^iterator_/);
/** @type {(module: Module) => boolean} */
const signals = ({ imported }) => imported('bide', /^signal_/);
/** @type {(module: Module) => boolean} */
const input = ({ imported }) => imported('wasi_snapshot_preview1', /^fd_(read|pread)$/) || imported('bide', /stdin/);

/** @type {(module: Module) => boolean} */
const files = ({ imported }) => imported('wasi_snapshot_preview1', /^path_/);

/** @type {(module: Module) => boolean} */
const knowsValues = (module) => [functions, promises, values, bodies, iterators, signals].some((uses) => uses(module));

/** Which programs need a file; in others absent.js takes its place. @type {Record<string, (module: Module) => boolean>} */
const PARTS = {
  'runtime/bodies.js': bodies,
  'runtime/calls.js': calls,
  'runtime/callbacks.js': callbacks,
  'runtime/heap.js': ({ exported }) => exported(ALLOC),
  'runtime/promises.js': promises,
  'runtime/functions.js': functions,
  'runtime/generators.js': ({ exported }) => exported('bide__js_stream_start'),
  'runtime/js_values.js': values,
  'runtime/values.js': knowsValues,
  'runtime/slots.js': (module) => calls(module) || knowsValues(module),
  'runtime/iterators.js': iterators,
  'runtime/signals.js': signals,
  'runtime/input.js': input,
  'node/input.js': input,
  'runtime/files.js': files,
  'runtime/app_files.js': files,
  'node/files.js': files,
};

/** These comments tell webpack and Vite to leave the import of node/builtin.js alone. esbuild drops comments when it minifies, so it sees a call
 *  of another name. The imports in bodies are the program's. */
const LEAVE_ALONE = '/*webpackIgnore:true*//*@vite-ignore*/', IMPORT = 'bide__import';

/** @param {Uint8Array} wasm  the finished module  @param {string} [written]  a module, see bodies.js
 *  @param {string} [packed]  a module, see packed_files.js  @returns {Promise<string>} */
export async function bundleRuntime(wasm, written, packed) {
  const { build } = await import('esbuild');
  const start = packed === undefined ? 'anywhere.js' : 'with_files.js';
  try {
    const { outputFiles } = await build({
      entryPoints: [ours(written === undefined ? start : 'with_bodies.js')],
      bundle: true, minify: true, write: false, logLevel: 'silent',
      format: 'esm', platform: 'neutral', target: 'es2022', charset: 'utf8',
      plugins: [startingBy(start), replacing(textsOf(written, packed)), leavingOut(absentParts(wasm))],
    });
    return outputFiles[0].text.replace(`${IMPORT}(`, `import(${LEAVE_ALONE}`);
  } catch (error) {
    throw new BuildError(`bide: the runtime can't be bundled: ${/** @type {Error} */ (error).message}\n`);
  }
}

/** @param {string} file  below js/ */
const ours = (file) => join(packageDir, 'js', file);

/** What stands in files of ours in place of their texts. @param {string} [written]  @param {string} [packed]  @returns {Record<string, string>} */
function textsOf(written = '', packed = '') {
  const builtin = 'node/builtin.js';
  return { 'bodies.js': written, 'packed_files.js': packed, [builtin]: readFileSync(ours(builtin), 'utf8').replace('import(', `${IMPORT}(`) };
}

/** Let with_bodies.js start what has files, too. @param {string} file  below js/  @returns {import('esbuild').Plugin} */
function startingBy(file) {
  return {
    name: 'starting-by',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/anywhere\.js$/ }, ({ importer }) => (importer === ours('with_bodies.js') ? { path: ours(file) } : undefined));
    },
  };
}

/** @param {Record<string, string>} texts  of files below js/, whatever these import  @returns {import('esbuild').Plugin} */
function replacing(texts) {
  const contents = new Map(Object.entries(texts).map(([file, text]) => [ours(file), text]));
  return {
    name: 'replacing',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^/ }, ({ importer }) => (contents.has(importer) ? { external: true } : undefined));
      onLoad({ filter: /\.js$/ }, ({ path }) => (contents.has(path) ? { contents: contents.get(path) } : undefined));
    },
  };
}

/** @param {Uint8Array} wasm  @returns {string[]} */
function absentParts(wasm) {
  const from = imports(wasm), names = exports(wasm).map(({ name }) => name);
  const module = {
    imported: (/** @type {string} */ module, pattern = /^/) => from.some((one) => one.module === module && pattern.test(one.name)),
    exported: (/** @type {string} */ prefix) => names.some((name) => name.startsWith(prefix)),
  };
  return Object.keys(PARTS).filter((file) => !PARTS[file](module));
}

/** @param {string[]} files  below js/  @returns {import('esbuild').Plugin} */
function leavingOut(files) {
  const absent = new Set(files.map(ours));
  return {
    name: 'leaving-out',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => (absent.has(join(resolveDir, path)) ? { path: ours('runtime/absent.js') } : undefined));
    },
  };
}
