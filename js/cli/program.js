// From the command line's inputs to the bytes of a finished module.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash, readIfThere, readMade, writeMade } from './cache.js';
import { shrinkCache, touch } from './cache_size.js';
import { makeObjects, planObject, sayCompilers } from './compile.js';
import { BuildError } from './errors.js';
import { headerDir, makeLibrary, planLibrary } from './library.js';
import { checkLinkable } from './linkable.js';
import { cacheDir, requireWritable } from './paths.js';
import { CLOSED_PIPE } from './print.js';
import { reportStage, showProgress } from './progress.js';
import { moduleKey } from './recipe.js';

/** @typedef {{
 *    inputs: string[], target: import('./library.js').Target,
 *    flags: string[], includeDirs: string[], libs: string[], libDirs: string[],
 *    level: string, debug: boolean, names: boolean, stackCheck: boolean, legacyExceptions?: boolean, mainOptional: boolean, verbose: boolean,
 *    linked?: string[], exported?: string[], wrapped?: string[]
 *  }} ProgramOptions  inputs as typed; flags for the compiler, in their order; linked, exported and wrapped: see insight.js */

/** Make the module, or find it made. Nothing of the tool chain is loaded if
 *  nothing has changed.
 *  @param {ProgramOptions} options  @returns {Promise<Uint8Array>} */
export async function makeProgram(options) {
  const { path } = plan(options);
  const { bytes, warnings } = readMade(path) ?? await makeInChild(options, path);
  touch(path);
  sayCompilers(warnings);
  return bytes;
}

/** What makeProgram starts in a process of its own: the same in this one, but no warning is printed.
 *  @param {ProgramOptions} options  @returns {Promise<Uint8Array>} */
export async function makeModule(options) {
  const { library, parts, path } = plan(options);
  const cached = readMade(path);
  if (cached) return cached.bytes;
  requireWritable(cacheDir());
  preload();
  reportStage('making the runtime library');
  await makeLibrary(options.target, library);
  const made = await make(options, library, parts);
  writeMade(path, made);
  shrinkCache(cacheDir(), path);
  return made.bytes;
}

/** @param {ProgramOptions} options */
function plan(options) {
  const library = planLibrary(options.target);
  const parts = planParts(options);
  return { library, parts, path: join(cacheDir(), 'modules', `${programKey(options, library.key, parts)}.wasm`) };
}

/** @param {ProgramOptions} options  @param {string} path  of the module in the cache  @returns {Promise<import('./cache.js').Made>} */
function makeInChild(options, path) {
  const script = fileURLToPath(new URL('make.js', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 2, 2, 'ipc'] });   // stdout is the program's alone
  showProgress(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const made = code === 0 && readMade(path);
      if (made) resolve(made);
      else if (code === CLOSED_PIPE) process.exit(CLOSED_PIPE);
      else reject(new BuildError(signal ? `bide: the compiler was ended by ${signal}\n` : ''));   // it has said why
    });
  });
}

/** @typedef {{ name: string, job?: import('./compile.js').CompileJob, bytes?: Uint8Array }} Part
 *    a source has a job, an object or archive its bytes */

/** @param {ProgramOptions} options  @returns {Part[]} */
function planParts({ inputs, flags, includeDirs, level, debug }) {
  const contents = new Map();
  const compile = {
    flags: [`-O${level}`, ...(debug ? ['-g'] : []), ...flags, `-I${headerDir}`],
    includeDirs: [...includeDirs, headerDir],
  };
  return inputs.map((name) => {
    if (/\.[oa]$/.test(name)) return { name, bytes: readFileSync(name) };
    return { name, job: planObject(name, compile, contents) };
  });
}

/** @param {ProgramOptions} options  @param {string} libraryKey  @param {Part[]} parts */
function programKey(options, libraryKey, parts) {
  const { target, level, debug, names, stackCheck, legacyExceptions, mainOptional, libs, libDirs, linked: wanted, exported, wrapped } = options;
  const linked = libs.flatMap((lib) => [lib, ...libDirs.map((dir) => readIfThere(join(dir, `lib${lib}.a`)) ?? '')]);
  const contents = parts.flatMap(({ name, job, bytes }) => [name, job?.key ?? '', bytes ?? '']);
  return hash(moduleKey(), libraryKey, JSON.stringify({ target, level, debug, names, stackCheck, legacyExceptions, mainOptional, wanted, exported, wrapped }), ...linked, '', ...contents);
}

/** Load compiler and Binaryen side by side: together they take most of a first run.
 *  A failure is reported where they are used. */
function preload() {
  const ignore = () => {};
  import('./clang.js').then(({ loadClang }) => loadClang()).catch(ignore);
  import('../link/binaryen.js').then(({ loadBinaryen }) => loadBinaryen()).catch(ignore);
}

/** @param {ProgramOptions} options  @param {import('./library.js').Library} library  @param {Part[]} parts
 *  @returns {Promise<import('./cache.js').Made>} */
async function make(options, library, parts) {
  for (const { name, bytes } of parts) if (bytes) checkLinkable(name, bytes);
  const { objects, warnings } = await makeObjects(parts.flatMap(({ job }) => job ?? []));
  const inputs = parts.map(({ name, bytes }) => ({ name, bytes: bytes ?? /** @type {Uint8Array} */ (objects.shift()) }));
  reportStage('linking');
  const linked = await afterWarnings(warnings, async () => (await import('./linker.js')).linkProgram({ ...options, inputs, library }));
  const { finishModule } = await import('./finish.js');
  const bytes = await afterWarnings(warnings, () => finishModule('the linked program', linked, options));
  return { bytes, warnings: warnings + linked.warnings };
}

/** Do a later step. If it fails, its message comes behind the compiler's warnings.
 *  @template T  @param {string} warnings  @param {() => Promise<T>} step  @returns {Promise<T>} */
async function afterWarnings(warnings, step) {
  try {
    return await step();
  } catch (error) {
    sayCompilers(warnings);
    throw error;
  }
}
