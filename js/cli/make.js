// The process that compiles. `bide` starts it when a program is not in the cache.
//
//   node make.js '{"inputs": ["app.c"], "target": "js", ...}'
//
// It is a process of its own, because clang and Binaryen leave hundreds of megabytes behind, and threads of the
// engine's compiler. These would slow the program down.

import { setVerbose } from './clang.js';
import { BuildError, isFileError } from './errors.js';
import { say } from './print.js';
import { makeModule } from './program.js';
import { hurry } from './engine_flags.js';

hurry();
const [options] = process.argv.slice(2).map((text) => JSON.parse(text));
setVerbose(options.verbose);
try {
  await makeModule(options, (path) => process.send?.({ made: path }));
} catch (error) {
  if (!(error instanceof BuildError || isFileError(error))) throw error;
  say(error instanceof BuildError ? error.message : `bide: ${/** @type {Error} */ (error).message}\n`);
  process.exitCode = 1;
}
