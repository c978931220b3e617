// `bide run`: make the program and start it.

import { parse, resolve } from 'node:path';
import { insight } from './insight.js';
import { makeDescribed } from './program.js';

/** @param {import('./options.js').Options} options  @returns {Promise<number>} the exit code */
export async function run(options) {
  const { start, legacyExceptions } = await chooseHost(options);
  const { wasm, described: { javascript } } = await makeDescribed({ ...options, ...insight(options), legacyExceptions, inputs: options.files, mainOptional: false });
  return start({
    wasm,
    bodies: javascript.length > 0 ? (await import('./bodies.js')).bodiesModule(wasm, javascript) : undefined,
    // argv[0]: the source's name without its extension, as a native program would have it
    args: [parse(options.files[0]).name, ...options.args],
    env: environment(options),
    preopens: preopens(options.dirs),
    verbose: options.verbose,
  });
}

/** @param {import('./options.js').Options} options */
function environment({ virtualTime, debugMode }) {
  return {
    ...process.env, PWD: process.cwd(),
    ...(virtualTime ? { BIDE_VIRTUAL_TIME: '1' } : {}),
    ...(debugMode ? { BIDE_DEBUG: '1' } : {}),
  };
}

/** Choose what will run the program. It comes before compiling, so that a missing engine is reported at once.
 *  @param {import('./options.js').Options} options
 *  @returns {Promise<{ start: (program: Program) => Promise<number>, legacyExceptions: boolean }>} */
async function chooseHost({ target, engine, legacyExceptions }) {
  if (target === 'js') return { start: (await import('./run_js.js')).startThread(), legacyExceptions };
  const { chooseEngine, runWasi } = await import('./run_wasi.js');
  const chosen = chooseEngine(engine);
  return { start: (program) => runWasi(program, chosen), legacyExceptions: legacyExceptions || chosen.kind === 'node' };
}

/** @typedef {object} Program
 *  @property {Uint8Array} wasm
 *  @property {string} [bodies]  a module with the functions that C has the bodies of
 *  @property {string[]} args  from argv[0] on
 *  @property {Record<string, string | undefined>} env
 *  @property {Record<string, string>} preopens  directories of the host, by the names that the program sees
 *  @property {boolean} verbose */

/** @param {string[]} [dirs]  given by --dir  @returns {Record<string, string>} */
function preopens(dirs) {
  if (!dirs) return { '.': process.cwd(), '/': '/' };
  return Object.fromEntries(dirs.map((dir) => [dir, resolve(dir)]));
}
