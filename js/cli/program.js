// From the command line's inputs to the bytes of a finished module.

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash, readIfThere, writeAtomically } from './cache.js';
import { makeObject, planObject } from './compile.js';
import { BuildError } from './errors.js';
import { headerDir, makeLibrary, planLibrary } from './library.js';
import { cacheDir, installedVersion, packageDir } from './paths.js';

/** @typedef {{
 *    inputs: string[], target: import('./library.js').Target,
 *    flags: string[], includeDirs: string[], libs: string[], libDirs: string[],
 *    level: string, debug: boolean, names: boolean, stackCheck: boolean, legacyExceptions?: boolean, mainOptional: boolean, verbose: boolean,
 *    linked?: string[], exported?: string[], wrapped?: string[]
 *  }} ProgramOptions  inputs as typed; flags for the compiler, in their order; linked, exported and wrapped: see insight.js */

/** These files, and all of js/link, decide how a module is made from objects. */
const RECIPE = ['program.js', 'linker.js', 'finish.js'].map((name) => join(packageDir, 'js/cli', name));
const LINK = join(packageDir, 'js/link');

/** Make the module, or find it made. Nothing of the tool chain is loaded if
 *  nothing has changed.
 *  @param {ProgramOptions} options  @returns {Promise<Uint8Array>} */
export async function makeProgram(options) {
  const { path } = plan(options);
  const cached = readIfThere(path);
  if (cached) return cached;
  await makeInChild(options);
  return readFileSync(path);
}

/** What makeProgram starts in a process of its own: the same in this one.
 *  @param {ProgramOptions} options  @returns {Promise<Uint8Array>} */
export async function makeModule(options) {
  const { library, parts, path } = plan(options);
  const cached = readIfThere(path);
  if (cached) return cached;
  preload();
  await makeLibrary(options.target, library);
  const wasm = await make(options, library, parts);
  writeAtomically(path, wasm);
  return wasm;
}

/** @param {ProgramOptions} options */
function plan(options) {
  const library = planLibrary(options.target);
  const parts = planParts(options);
  return { library, parts, path: join(cacheDir(), 'modules', `${programKey(options, library.key, parts)}.wasm`) };
}

/** @param {ProgramOptions} options  @returns {Promise<void>} */
function makeInChild(options) {
  const script = fileURLToPath(new URL('make.js', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 2, 2] });   // stdout is the program's alone
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
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
  const recipe = [...RECIPE, ...readdirSync(LINK).sort().map((name) => join(LINK, name))].map((path) => readFileSync(path));
  const linked = libs.flatMap((lib) => [lib, ...libDirs.map((dir) => readIfThere(join(dir, `lib${lib}.a`)) ?? '')]);
  const contents = parts.flatMap(({ name, job, bytes }) => [name, job?.key ?? '', bytes ?? '']);
  return hash(installedVersion('binaryen') ?? '', libraryKey, JSON.stringify({ target, level, debug, names, stackCheck, legacyExceptions, mainOptional, wanted, exported, wrapped }), ...recipe, ...linked, '', ...contents);
}

/** Load compiler and Binaryen side by side: together they take most of a first run.
 *  A failure is reported where they are used. */
function preload() {
  const ignore = () => {};
  import('./clang.js').then(({ loadClang }) => loadClang()).catch(ignore);
  import('../link/binaryen.js').then(({ loadBinaryen }) => loadBinaryen()).catch(ignore);
}

/** @param {ProgramOptions} options  @param {import('./library.js').Library} library  @param {Part[]} parts */
async function make(options, library, parts) {
  const inputs = [];
  for (const { name, job, bytes } of parts) {
    inputs.push({ name, bytes: bytes ?? await makeObject(/** @type {import('./compile.js').CompileJob} */ (job)) });
  }
  const { linkProgram } = await import('./linker.js');
  const linked = await linkProgram({ ...options, inputs, library });
  const { finishModule } = await import('./finish.js');
  return finishModule('the linked program', linked, options);
}
