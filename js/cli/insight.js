// What is linked into a program beyond what it refers to, so that it can be looked into.
//
// src/insight/dump.c and src/insight/debug.c are referred to weakly by the rest of the library:
// a program that was built to be shipped doesn't carry them.

import { DEBUG, DUMP, DUMP_RUNNING, WRITE } from '../link/names.js';

/** @typedef {{ linked: string[], exported: string[], wrapped: string[], flags: string[], names: boolean }} Insight
 *    symbols: linked though nothing refers to them; exported as well; that have a stand-in. Flags for the compiler, with those that were given */

/** @param {import('./options.js').Options} options  @returns {Insight} */
export function insight({ command, target, debug, debugMode, flags }) {
  const runs = command === 'run';
  return {
    linked: [...(runs || debug || debugMode ? [DUMP] : []), ...(debugMode ? [DEBUG] : [])],
    exported: runs && target === 'js' ? [DUMP_RUNNING] : [],
    wrapped: runs && target === 'wasi' ? [WRITE] : [],
    flags: debugMode ? ['-DBIDE_DEBUG=1', ...flags] : flags,
    names: runs || debug || debugMode,
  };
}

/** Print the tree of tasks of a program that `bide run` has made, if it has coroutines. The loop isn't in the middle of a turn: a signal is an event of its own.
 *  @param {import('../index.d.ts').App} app */
export function dumpTasks(app) {
  const { [DUMP_RUNNING]: dump } = /** @type {Record<string, any>} */ (app.instance.exports);
  dump?.();
}
