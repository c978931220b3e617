// The process that compiles: started by `bide` when a program isn't in the cache.
//
//   node make.js '{"inputs": ["app.c"], "target": "js", ...}'
//
// A process of its own, because clang and Binaryen leave hundreds of megabytes
// and the engine's compiler threads behind, which the program shouldn't run beside.

import { setVerbose } from './clang.js';
import { BuildError } from './errors.js';
import { makeModule } from './program.js';
import { hurry } from './engine_flags.js';

hurry();
const [options] = process.argv.slice(2).map((text) => JSON.parse(text));
setVerbose(options.verbose);
try {
  await makeModule(options);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 1;
}
