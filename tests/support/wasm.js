// Programs compiled by the package's own tool chain.

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hash, writeAtomically } from '../../js/cli/cache.js';
import { makeObject, planObject } from '../../js/cli/compile.js';
import { makeModule } from '../../js/cli/program.js';
import { buildDir, root } from './paths.js';

const INCLUDE_DIRS = ['include', 'src', 'wasm/asyncify', 'tests/support', 'tests/c'].map((dir) => join(root, dir));
const FLAGS = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Wno-unused-parameter', ...INCLUDE_DIRS.map((dir) => `-I${dir}`)];

/** Objects are the same for every target. @param {import('./program.js').Source} source */
async function compile({ path, flags }) {
  const job = planObject(path, [...FLAGS, ...flags]);
  const bytes = await makeObject(job), object = join(buildDir('objects'), `${basename(path, '.c')}-${job.key}.o`);
  if (!existsSync(object)) writeAtomically(object, bytes);
  return object;
}

/** Whether the object has setjmp or longjmp. Programs without them are made once for all engines. @param {string} object */
const jumps = (object) => readFileSync(object).includes('__wasm_longjmp');

/** @param {import('./program.js').Program} program  @param {'js' | 'wasi'} target
 *  @param {{ debug?: boolean, level?: string, legacyExceptions?: boolean }} [options]  legacyExceptions: if there are exceptions
 *  @returns {Promise<string>} the module's file */
export async function buildWasm({ name, sources }, target, { debug = false, level = '2', legacyExceptions = false } = {}) {
  const inputs = [];
  for (const source of sources) inputs.push(await compile(source));
  const wasm = await makeModule({
    inputs, target, level, debug, flags: [], libs: [], libDirs: [],
    names: true, stackCheck: true, legacyExceptions: legacyExceptions && inputs.some(jumps), mainOptional: false, verbose: false,
  });
  const path = join(buildDir('modules'), `${name}-${target}-${hash(wasm)}.wasm`);
  if (!existsSync(path)) writeAtomically(path, wasm);
  return path;
}
