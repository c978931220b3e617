// From a source to an object, through the cache.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { hash, readIfThere, writeAtomically } from './cache.js';
import { cacheDir, installedVersion, packageDir } from './paths.js';
import { say } from './print.js';
import { scanIncludes } from './scan.js';

/** setjmp and longjmp become exceptions; wasm/libc/setjmp.c. The compiler knows them by these names alone. */
const SETJMP = ['-mllvm', '-wasm-enable-sjlj', '-D_setjmp=setjmp', '-D_longjmp=longjmp', '-Dsigsetjmp(env,mask)=setjmp(env)', '-Dsiglongjmp=longjmp'];

/** What every C file of a program or of the runtime library is compiled for. */
const TARGET_FLAGS = ['--target=wasm32-wasip1', '-ffunction-sections', '-fdata-sections', ...SETJMP];

/** @typedef {{ source: string, key: string, flags: string[], files: Map<string, Buffer> }} CompileJob
 *    source as typed; key names all that the object depends on */

/** @param {string} source  as the user typed it
 *  @param {{ flags: string[], includeDirs: string[] }} options  the directories are among the flags as well
 *  @param {Map<string, Buffer | undefined>} [contents]  files read before
 *  @returns {CompileJob} */
export function planObject(source, options, contents) {
  const flags = [...TARGET_FLAGS, ...options.flags];
  const files = scanIncludes(source, options.includeDirs, contents);
  const parts = [...files].flatMap(([path, data]) => [path, data]);
  const key = hash(compilerVersion(), process.cwd(), source, ...flags, '', ...parts);
  return { source, key, flags, files };
}

/** @param {CompileJob} job  @returns {Promise<Uint8Array>} the object */
export async function makeObject(job) {
  const path = join(cacheDir(), 'objects', `${job.key}.o`);
  const cached = readIfThere(path);
  if (cached) return cached;
  const { compile } = await import('./clang.js');
  const { object, warnings } = await compile({ ...job, color: isatty(2) });
  say(warnings);
  writeAtomically(path, object);
  return object;
}

let version = '';

/** The compiler and the way it is called. */
function compilerVersion() {
  version ||= hash(installedVersion('@yowasp/clang') ?? '', readFileSync(join(packageDir, 'js/cli/clang.js')));
  return version;
}
