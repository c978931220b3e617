// Binaryen's optimiser, with our limits.

/** The optimiser inlines functions up to this size wherever they are called: what is smaller than its call. clang has
 *  inlined what makes code fast. With 20 hello was larger by a fortieth, with 60 by an eighth, and switches were no faster. */
const INLINE_SIZE = 5, SMALL_INLINE_SIZE = 2;

/** @param {any} binaryen  @param {any} module  @param {string} level  0 1 2 3 s z
 *  @param {string[]} cold  functions that are never inlined */
export function optimize(binaryen, module, level, cold) {
  const size = { s: 1, z: 2 }[level] ?? 0;
  binaryen.setOptimizeLevel(size ? 2 : Math.max(1, Number(level)));   // without any, the code of Asyncify would be too large
  binaryen.setShrinkLevel(size);
  binaryen.setAlwaysInlineMaxSize(size ? SMALL_INLINE_SIZE : INLINE_SIZE);
  for (const name of cold) {
    binaryen.setPassArgument('no-inline', name);
    module.runPasses(['no-inline']);
  }
  binaryen.clearPassArguments();
  module.optimize();
}
