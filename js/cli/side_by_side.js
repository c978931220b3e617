// Compiles sources side by side, in threads.
//
// Each thread loads a compiler of its own, which takes as long as it takes to compile some small sources. So there are
// few threads, and this one compiles too: it needs the compiler for linking anyway. Each takes the next source from a
// counter in memory that they share, because a thread that compiles answers no message.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { compile, isVerbose } from './clang.js';
import { Disk } from './disk.js';
import { BuildError } from './errors.js';
import { reportStage } from './progress.js';

/** @typedef {import('./compile.js').CompileJob} CompileJob
 *  @typedef {import('./compile.js').Compiled} Compiled */

/** How many sources are worth one more thread, and how many threads are the most: each takes some 200 MB. */
const SOURCES_PER_THREAD = 3, THREADS_MOST = 4;

/** @param {number} sources  @param {number} [processors]  @returns {number} how many threads compile */
export function threadsFor(sources, processors = availableParallelism()) {
  return Math.max(1, Math.min(Math.round(sources / SOURCES_PER_THREAD), processors, THREADS_MOST));
}

/** @param {CompileJob[]} jobs  @returns {Promise<Compiled[]>} in the order of the jobs */
export async function compileSideBySide(jobs) {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  /** @type {Compiled[]} */
  const results = new Array(jobs.length);
  const helpers = Array.from({ length: threadsFor(jobs.length) - 1 }, () => startHelper(jobs, counter, results));
  await compileNext(jobs, counter, (i, compiled) => { results[i] = compiled; });
  await Promise.all(helpers.map((helper) => helper.done));
  return results;
}

/** Compile one source after another, until none is left that nobody has taken.
 *  @param {CompileJob[]} jobs  @param {Int32Array} counter  @param {(i: number, compiled: Compiled) => void} done */
export async function compileNext(jobs, counter, done) {
  const disk = new Disk();
  for (let i = Atomics.add(counter, 0, 1); i < jobs.length; i = Atomics.add(counter, 0, 1)) {
    reportStage(`compiling ${jobs[i].source}${jobs.length > 1 ? ` (${i + 1} of ${jobs.length})` : ''}`);
    done(i, await compileOne(jobs[i], disk));
  }
}

/** @param {CompileJob} job  @param {Disk} disk  @returns {Promise<Compiled>} */
async function compileOne(job, disk) {
  /** @type {Map<string, string>} */
  const looks = new Map();
  const look = (/** @type {string} */ path) => {
    const found = disk.look(path);
    looks.set(path, found.state);
    return found;
  };
  try {
    const { object, warnings } = await compile(job, look);
    return { object, text: warnings, looks: [...looks] };
  } catch (error) {
    if (error instanceof BuildError) return { text: error.message, looks: [] };
    throw error;
  }
}

/** @param {CompileJob[]} jobs  @param {Int32Array} counter  @param {Compiled[]} results */
function startHelper(jobs, counter, results) {
  const thread = new Worker(new URL('compile_thread.js', import.meta.url), { workerData: { jobs, counter, verbose: isVerbose() } });
  thread.on('message', ({ i, compiled }) => { results[i] = compiled; });
  const done = new Promise((resolve, reject) => thread.once('error', reject).once('exit', resolve));
  done.catch(() => {});    // it is awaited later
  return { done };
}
