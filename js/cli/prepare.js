// `npm run prepack`, and each verb of build.sh: makes the runtime libraries, so that the first `bide run` does not have to.
//
// In a checkout, npm links the commands of the dependencies, but not the package's own. So this links
// node_modules/.bin/bide.

import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './errors.js';
import { hurry } from './engine_flags.js';
import { makeLibrary, planLibrary } from './library.js';
import { packageDir } from './paths.js';
import { say } from './print.js';

hurry();
linkCommand();
for (const target of /** @type {const} */ (['js', 'wasi'])) await prepareLibrary(target);

function linkCommand() {
  const modules = join(packageDir, 'node_modules');
  if (!existsSync(modules)) return;
  const link = join(modules, '.bin/bide');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../js/cli/main.js', link);
}

/** @param {import('./library.js').Target} target */
async function prepareLibrary(target) {
  const library = planLibrary(target);
  if (existsSync(library.dir)) return;
  say(`bide: making the runtime library for ${target}\n`);
  try {
    await makeLibrary(target, library);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
