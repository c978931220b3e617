// Compiles and links by Debian's clang-19 and wasm-ld-19, as somebody does who has a tool chain.
//
// Headers and the C library are those of the package's own compiler.

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryName } from '../../js/cli/cache.js';
import { findPackage, installedVersion } from '../../js/cli/paths.js';
import { buildDir, root } from './paths.js';
import { mustRun } from './process.js';
import { findTool, skipWithout } from './tools.js';

/** Why tests with these tools are skipped; false: they are not. */
export const skipByHand = skipWithout('clang19') || skipWithout('lld19');

/** @returns {Promise<string>} a folder for `--sysroot` and `-resource-dir` */
export async function sysroot() {
  const dir = join(buildDir('sysroot'), installedVersion('@yowasp/clang') ?? '');
  if (existsSync(dir)) return dir;
  const temporary = temporaryName(dir);
  mkdirSync(temporary);
  await mustRun('tar', ['-xf', join(findPackage('@yowasp/clang') ?? '', 'gen/llvm-resources.tar'), '-C', temporary]);
  renameSync(temporary, dir);
  return dir;
}

/** @returns {Promise<string>} a folder with a `clang` that finds the C library by itself, as that of a WASI kit does */
export async function toolFolder() {
  const dir = join(buildDir('by-hand'), 'bin'), library = await sysroot();
  mkdirSync(dir, { recursive: true });
  const script = `#!/bin/sh\nexec ${findTool('clang19').path} --sysroot='${library}' -resource-dir='${library}' "$@"\n`;
  const temporary = temporaryName(join(dir, 'clang'));
  writeFileSync(temporary, script, { mode: 0o755 });
  renameSync(temporary, join(dir, 'clang'));
  return dir;
}

/** @param {string[]} args */
export async function clang(...args) {
  return mustRun(join(await toolFolder(), 'clang'), ['--target=wasm32-wasip1', `-I${join(root, 'include')}`, '-O2', ...args]);
}

/** @param {string[]} objects  @param {{ target: 'js' | 'wasi', flags: string[], output: string }} job  flags: what `bide link --flags` prints */
export async function wasmLd(objects, { target, flags, output }) {
  const start = target === 'js' ? 'crt1-reactor.o' : 'crt1-command.o';
  const lib = join(await sysroot(), 'lib'), builtins = join(lib, 'wasm32-unknown-wasip1/libclang_rt.builtins.a');
  await mustRun(findTool('lld19').path ?? '', [`-L${lib}/wasm32-wasip1`, `${lib}/wasm32-wasip1/${start}`, ...objects, ...flags, '-lc', builtins, '-o', output]);
}
