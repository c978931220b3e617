// Builds the fuzzer: tests/fuzz/target.c with the core, by clang-19 with libFuzzer and the sanitizers.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { hash, temporaryName } from '../../js/cli/cache.js';
import { CORE_LAYERS } from '../../js/cli/layers.js';
import { root } from '../support/paths.js';
import { runProcess } from '../support/process.js';
import { findTool, versionOf } from '../support/tools.js';

const SOURCES = [...CORE_LAYERS, 'src/blocking', 'src/native'], HEADERS = [...['include', 'include/bide'].filter((dir) => existsSync(join(root, dir))), 'src', ...SOURCES, 'tests/c', 'tests/c/scenario', 'tests/fuzz'];
const FLAGS = [
  '-std=gnu11', '-g', '-O1', '-Wall', '-Wextra', '-Wno-unused-parameter', '-Werror', '-fno-omit-frame-pointer',
  '-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=all', ...['include', 'src', 'src/native', 'tests/c'].map((dir) => `-I${join(root, dir)}`),
];

/** @param {string} dir  below the root  @param {string} extension */
const filesIn = (dir, extension) => readdirSync(join(root, dir)).filter((name) => name.endsWith(extension)).sort().map((name) => join(root, dir, name));

/** The core, with an allocator that counts in place of its own. */
function sources() {
  const core = SOURCES.flatMap((dir) => filesIn(dir, '.c')).filter((path) => !path.endsWith('/alloc_native.c'));
  return [join(root, 'tests/fuzz/target.c'), join(root, 'tests/c/alloc_counting.c'), ...core];
}

/** @returns {string} what is built and kept by fuzzing, away from what git knows */
export function fuzzDir() {
  const dir = join(root, 'build/fuzz');
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** @returns {Promise<string>} the executable; throws if it can't be built, saying what is missing */
export async function buildTarget() {
  const { path: clang, reason } = findTool('clang19');
  if (!clang) throw new Error(`${reason}; the fuzzer needs it (Debian: clang-19 libclang-rt-19-dev)`);
  const inputs = [...sources(), ...HEADERS.flatMap((dir) => filesIn(dir, '.h'))];
  const target = join(fuzzDir(), `target-${hash(versionOf(clang), ...FLAGS, ...inputs.flatMap((path) => [path, readFileSync(path)]))}`);
  if (existsSync(target)) return target;
  const temporary = temporaryName(target);
  const { code, stderr } = await runProcess(clang, [...FLAGS, ...sources(), '-lm', '-o', temporary], { timeout: 600_000 });
  if (/libclang_rt\.(fuzzer|asan|ubsan)/.test(stderr)) throw new Error(`clang-19 has no libFuzzer or no sanitizers (Debian: libclang-rt-19-dev)\n${stderr}`);
  if (code !== 0) throw new Error(`the fuzzer does not compile\n${stderr}`);
  renameSync(temporary, target);
  return target;
}
