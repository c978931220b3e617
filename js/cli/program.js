// From the command line's inputs to the bytes of a finished module.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describedIn, withDescribed, withoutDescribed } from '../link/described.js';
import { isArchive } from '../link/wasm.js';
import { hash, readIfThere, readMade, writeMade } from './cache.js';
import { shrinkCache, touch } from './cache_size.js';
import { looksPath, makeObjects, planObject, sayCompilers } from './compile.js';
import { Disk } from './disk.js';
import { BuildError } from './errors.js';
import { headerDir, makeLibrary, planLibrary } from './library.js';
import { checkLinkable } from './linkable.js';
import { cacheDir, requireWritable } from './paths.js';
import { CLOSED_PIPE } from './print.js';
import { reportStage, showProgress } from './progress.js';
import { moduleKey } from './recipe.js';

/** @typedef {{
 *    inputs: string[], target: import('./library.js').Target,
 *    flags: string[], libs: string[], libDirs: string[],
 *    level: string, debug: boolean, names: boolean, stackCheck: boolean, legacyExceptions?: boolean, mainOptional: boolean, verbose: boolean,
 *    linked?: string[], exported?: string[], wrapped?: string[]
 *  }} ProgramOptions  inputs as typed; flags for the compiler, in their order; linked, exported and wrapped: see insight.js */

/** @param {ProgramOptions} options  @returns {Promise<Uint8Array>} the finished module */
export const makeProgram = async (options) => (await makeDescribed(options)).wasm;

/** Make the module, or find it made. Nothing of the tool chain is loaded if
 *  nothing has changed.
 *  @param {ProgramOptions} options
 *  @returns {Promise<{ wasm: Uint8Array, described: import('../link/described.js').Described }>}  described: what its sources tell JavaScript */
export async function makeDescribed(options) {
  const { path, parts } = plan(options);
  const { bytes, warnings } = use(path, parts) ?? await makeInChild(options);
  sayCompilers(warnings);
  return { wasm: withoutDescribed(bytes), described: describedIn(bytes) };
}

/** @param {string | undefined} path */
const find = (path) => (path === undefined ? undefined : readMade(path));

/** The module, if it is in the cache. @param {string | undefined} path  @param {Part[]} parts */
function use(path, parts) {
  const made = find(path);
  if (path && made) for (const used of [path, ...parts.flatMap(({ job }) => (job ? looksPath(job.id) : []))]) touch(used);
  return made;
}

/** What makeProgram starts in a process of its own: the same in this one, but no warning is printed.
 *  @param {ProgramOptions} options  @param {(path: string) => void} [tell]  told where the module is in the cache
 *  @returns {Promise<Uint8Array>} */
export async function makeModule(options, tell = () => {}) {
  const { library, parts, path } = plan(options);
  const made = find(path) ?? await make(options, library, parts);
  tell(pathOf(options, library, parts));
  return withoutDescribed(made.bytes);
}

/** @param {ProgramOptions} options
 *  @returns {{ library: import('./library.js').Library, parts: Part[], path?: string }} path in the cache, if it is known already */
function plan(options) {
  const library = planLibrary(options.target), parts = planParts(options);
  const isKnown = parts.every(({ job }) => !job || job.key !== undefined);
  return { library, parts, path: isKnown ? pathOf(options, library, parts) : undefined };
}

/** @param {ProgramOptions} options  @param {import('./library.js').Library} library  @param {Part[]} parts  whose jobs have keys */
const pathOf = (options, library, parts) => join(cacheDir(), 'modules', `${programKey(options, library.key, parts)}.wasm`);

/** @param {ProgramOptions} options  @returns {Promise<import('./cache.js').Made>} */
function makeInChild(options) {
  const script = fileURLToPath(new URL('make.js', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 2, 2, 'ipc'] });   // stdout is the program's alone
  showProgress(child);
  let path = '';
  child.on('message', (/** @type {any} */ message) => { path = message.made ?? path; });
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
function planParts({ inputs, flags, level, debug }) {
  const disk = new Disk();
  const all = [`-O${level}`, ...(debug ? ['-g'] : []), ...flags, `-I${headerDir}`];
  return inputs.map((name) => {
    if (/\.[oa]$/.test(name)) return { name, bytes: readFileSync(name) };
    return { name, job: planObject(name, all, disk) };
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
  requireWritable(cacheDir());
  preload();
  for (const { name, bytes } of parts) if (bytes) checkLinkable(name, bytes);
  reportStage('making the runtime library');
  await makeLibrary(options.target, library);
  const { objects, warnings } = await makeObjects(parts.flatMap(({ job }) => job ?? []));
  const path = pathOf(options, library, parts);
  const made = readMade(path) ?? await linkParts(options, library, parts, objects, warnings);
  writeMade(path, made);
  shrinkCache(cacheDir(), path);
  return made;
}

/** The cache keeps the sections of described.js as well, because what stands beside a module is made of them.
 *  @param {ProgramOptions} options  @param {import('./library.js').Library} library  @param {Part[]} parts
 *  @param {Uint8Array[]} objects  of the sources  @param {string} warnings  of the compiler
 *  @returns {Promise<import('./cache.js').Made>} */
async function linkParts(options, library, parts, objects, warnings) {
  const inputs = parts.map(({ name, bytes }) => ({ name, bytes: bytes ?? /** @type {Uint8Array} */ (objects.shift()) }));
  const { checkDescribed } = await import('./described.js');
  await afterWarnings(warnings, () => checkDescribed(describedIn(...inputs.map(({ bytes }) => bytes).filter((bytes) => !isArchive(bytes)))));
  reportStage('linking');
  const linked = await afterWarnings(warnings, async () => (await import('./linker.js')).linkProgram({ ...options, inputs, library }));
  const { finishModule } = await import('./finish.js');
  const bytes = await afterWarnings(warnings, () => finishModule('the linked program', linked, options));
  return { bytes: withDescribed(bytes, linked.wasm), warnings: warnings + linked.warnings };
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
