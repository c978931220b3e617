// Builds the programs of the pages: each a folder that a page imports as is.

import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../js/cli/build.js';
import { writeAtomically } from '../js/cli/cache.js';
import { checkOptions, parseOptions } from '../js/cli/options.js';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** Where the programs go, a folder each. */
export const appsDir = join(root, 'build/web');

/** The programs, with the options of `bide build` that each wants. @type {Record<string, string[]>} */
const PROGRAMS = {
  'examples/hello.c': ['--html'],
  'examples/countasync.c': [],
  'examples/worker.c': [],
  'examples/js/events.c': [],
  'web/demos/race.c': [],
  'web/demos/cancel.c': [],
};

/** Build what has changed; the compiler's cache has the rest.
 *  @param {(line: string) => void} [tell]  hears of each program */
export async function buildDemos(tell = () => {}) {
  for (const [source, extra] of Object.entries(PROGRAMS)) {
    const name = basename(source, '.c');
    tell(`building ${name}`);
    await buildDemo(join(root, source), join(appsDir, name), extra);
  }
}

/** @param {string} source  @param {string} folder  @param {string[]} extra */
async function buildDemo(source, folder, extra) {
  mkdirSync(folder, { recursive: true });
  const asTyped = relative(process.cwd(), source);   // so that the compiler names it as a user would
  const options = parseOptions('build', ['--target', 'js', '-o', folder, ...extra, asTyped]);
  checkOptions(options);
  await build(options);
  writeAtomically(join(folder, basename(source)), readFileSync(source));   // the page shows it
}
