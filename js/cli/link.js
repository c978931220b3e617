// `bide link` finishes a module that any tool chain has linked with libbide.a. `bide link --flags` says how to link it.

import { readFileSync } from 'node:fs';
import { common, forDriver, linkerFlags, programOf } from '../link/flags.js';
import { toldBy } from '../link/told.js';
import { writeAtomically } from './cache.js';
import { hurry } from './engine_flags.js';
import { insight } from './insight.js';
import { makeLibrary, planLibrary, readLibrary } from './library.js';
import { checkLinkable } from './linkable.js';
import { answer, say } from './print.js';

/** @param {import('./options.js').Options} options  @returns {Promise<number>} the exit code */
export async function link(options) {
  hurry();
  if (options.flagsOnly) await printFlags(options);
  else await finishFile(options);
  return 0;
}

/** @param {import('./options.js').Options} options */
async function finishFile({ files: [file], output, map, level, debug, stackCheck, legacyExceptions, verbose }) {
  const { finishModule } = await import('./finish.js');
  const linked = { wasm: new Uint8Array(readFileSync(file)), map: map === undefined ? undefined : readFileSync(map, 'utf8') };
  const wasm = await finishModule(file, linked, { level, names: debug, stackCheck, legacyExceptions, say: verbose ? (line) => say(`bide: ${line}\n`) : undefined });
  writeAtomically(/** @type {string} */ (output), wasm);
}

/** Print one option a line. A shell makes words of the lines, and a tool reads them from an @FILE.
 *  @param {import('./options.js').Options} options */
async function printFlags(options) {
  const { files, target, anyTarget, driver } = options;
  const program = { ...(files.length > 0 ? programOf(files.map(readInput)) : PROGRAM), linked: insight(options).linked };
  const flags = anyTarget ? linkerFlags(common(await toldFor('js'), await toldFor('wasi')), program) : await flagsFor(target, program);
  answer(`${(driver ? flags.map(forDriver) : flags).map(quoted).join('\n')}\n`);
}

/** As an @FILE has an option with a space. A shell that makes words of the output can't have one. @param {string} flag */
const quoted = (flag) => (/\s/.test(flag) ? `"${flag}"` : flag);

/** What is assumed of a program without knowing its objects. */
const PROGRAM = { hasMain: true, hasExports: true, promises: true, generators: true, exported: [] };

/** @param {import('./library.js').Target} target  @param {import('../link/flags.js').Program & { linked: string[] }} program */
async function flagsFor(target, program) {
  const told = await toldFor(target), exported = target === 'js' ? program.exported : [];
  return [...linkerFlags(told, { ...program, exported }), `-L${planLibrary(target).dir}`, '-lbide'];
}

/** What the library tells. If need be, it is made first. @param {import('./library.js').Target} target */
async function toldFor(target) {
  const library = planLibrary(target);
  await makeLibrary(target, library);
  return toldBy(readLibrary(library));
}

/** @param {string} file */
function readInput(file) {
  const bytes = readFileSync(file);
  checkLinkable(file, bytes);
  return bytes;
}
