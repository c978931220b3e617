// The core, compiled so that it counts what runs.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hash } from '../../js/cli/cache.js';
import { CORE, filesIn, INCLUDES } from '../support/native.js';
import { root } from '../support/paths.js';
import { inParallel, mustRun } from '../support/process.js';
import { findTool } from '../support/tools.js';

// Not optimised, so that a line is a line. The undefined-behaviour sanitizer would add branches of its own.
const FLAGS = ['-std=gnu11', '-g', '-O0', '--coverage', '-fsanitize=address', '-fno-omit-frame-pointer'];

/** What every program that uses the core is linked with. */
export const LINK_FLAGS = ['--coverage'];

export const dir = join(root, 'build/coverage');

/** Compile the core anew; counts of earlier runs are gone.
 *  @returns {Promise<string>} an archive */
export async function buildCountedCore() {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const compiler = findTool('native').path ?? '';
  const sources = CORE.flatMap((folder) => filesIn(folder, /\.c$/));
  const objects = await inParallel(sources, async (source) => {
    const object = join(dir, source.slice(root.length + 1).replaceAll('/', '-').replace(/\.c$/, '.o'));
    // A number ties counts to the object that made them. Without a seed it is random.
    await mustRun(compiler, [...FLAGS, `-frandom-seed=${source}`, ...INCLUDES, '-c', source, '-o', object]);
    return object;
  }, availableParallelism());
  const library = join(dir, `libbide-${hash(...objects.map((object) => readFileSync(object)))}.a`);
  await mustRun('ar', ['rcs', library, ...objects]);
  return library;
}
