// Compiles what is measured, and the peers.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash, writeAtomically } from '../js/cli/cache.js';
import { cacheDir } from '../js/cli/paths.js';
import { makeObject, planObject } from '../js/cli/compile.js';
import { BUILTINS, SYSROOT } from '../js/cli/linker.js';
import { makeProgram } from '../js/cli/program.js';
import { command } from './command.js';

/** @typedef {import('./tools.js').Tool} Tool */

/** @param {string} name  below bench/ */
export function here(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** The example whose size and start-up time are measured. */
export const HELLO = here('../examples/hello.c');

/** @returns {string} a folder for what is compiled, kept between runs */
function buildDir() {
  const dir = join(cacheDir(), 'bench');
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** @param {string} source  @param {'js' | 'wasi'} target  @param {{ stackCheck?: boolean, names?: boolean, mainOptional?: boolean }} [options]
 *  @returns {Promise<string>} the module's file */
export async function compileC(source, target, { stackCheck = true, names = true, mainOptional = false } = {}) {
  const wasm = await makeProgram({
    inputs: [source], target, flags: [], libs: [], libDirs: [],
    level: '2', debug: false, names, stackCheck, mainOptional, verbose: false,
  });
  const path = join(buildDir(), `${hash(wasm)}.wasm`);
  if (!existsSync(path)) writeAtomically(path, wasm);
  return path;
}

/** A program without anything of bide, by the same compiler.
 *  @param {string} source  @returns {Promise<string>} the module's file */
export async function compilePlain(source) {
  const object = await makeObject(planObject(source, ['-O2']));
  const { link } = await import('../js/cli/clang.js');
  const { wasm } = await link(['-m', 'wasm32', `-L${SYSROOT}`, `${SYSROOT}/crt1-command.o`, '--gc-sections', 'plain.o', '-lc', BUILTINS], { 'plain.o': object });
  const path = join(buildDir(), `${hash(wasm)}.wasm`);
  if (!existsSync(path)) writeAtomically(path, wasm);
  return path;
}

/** @param {Tool} emscripten  @param {string} source  of C++
 *  @returns {Promise<string>} a module of JavaScript, with the wasm in it */
export async function compileVal(emscripten, source) {
  const path = join(buildDir(), `${hash(emscripten.name, readFileSync(source))}.mjs`);
  const options = ['-O3', '-lembind', '-sEXPORT_ES6', '-sMODULARIZE', '-sSINGLE_FILE', '-sENVIRONMENT=node'];
  const timeout = 600_000;     // the first time, Emscripten compiles its libraries
  if (!existsSync(path)) await command(emscripten.path, [...options, source, '-o', path], { timeout });
  return path;
}

/** @param {Tool} go  @param {string} source  @param {'js' | 'wasip1'} system
 *  @returns {Promise<string>} the module's file */
export async function compileGo(go, source, system) {
  const path = join(buildDir(), `${hash(go.name, system, readFileSync(source))}.wasm`);
  const timeout = 180_000;     // the first time, Go compiles its library for the target
  if (!existsSync(path)) await command(go.path, ['build', '-o', path, source], { env: { GOOS: system, GOARCH: 'wasm' }, timeout });
  return path;
}
