// Builds the fuzzer: tests/fuzz/target.c with the core, by clang-19 with libFuzzer and the sanitizers.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileAll, CORE, filesIn, linkObjects } from '../support/native.js';
import { root } from '../support/paths.js';
import { findTool } from '../support/tools.js';

const FLAGS = [
  '-std=gnu11', '-g', '-O1', '-Wall', '-Wextra', '-Wno-unused-parameter', '-Werror', '-fno-omit-frame-pointer',
  '-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=all',
];

/** The core, with an allocator that counts in place of its own. */
function sources() {
  const core = CORE.flatMap((dir) => filesIn(dir, /\.c$/)).filter((path) => !path.endsWith('/alloc_native.c'));
  return [join(root, 'tests/fuzz/target.c'), join(root, 'tests/c/alloc_counting.c'), ...core].map((path) => ({ path, flags: [] }));
}

/** @returns {string} what is found by fuzzing, away from what git knows */
export function fuzzDir() {
  const dir = join(root, 'build/fuzz');
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** @returns {Promise<string>} the executable; throws if it can't be built, saying what is missing */
export async function buildTarget() {
  const { path, reason } = findTool('clang19');
  if (!path) throw new Error(`${reason}; the fuzzer needs it (Debian: clang-19 libclang-rt-19-dev)`);
  const clang = { path, flags: FLAGS };
  try {
    return await linkObjects('fuzz-target', await compileAll(sources(), clang), [], clang);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    if (/libclang_rt\.(fuzzer|asan|ubsan)/.test(message)) throw new Error(`clang-19 has no libFuzzer or no sanitizers (Debian: libclang-rt-19-dev)\n${message}`);
    throw new Error(`the fuzzer does not compile\n${message}`);
  }
}
