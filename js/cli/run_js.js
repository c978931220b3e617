// Runs a program in this Node, in a thread of its own.
//
// A program that computes lets its thread take no signal. So this thread watches for them, and does nothing else. The
// program's thread is started before the program is made: both take their time side by side.

import { Worker } from 'node:worker_threads';
import { CTRL_C } from './print.js';

/** The signal of Ctrl-\, on Windows of Ctrl-Break. */
const DUMP_KEY = process.platform === 'win32' ? 'SIGBREAK' : 'SIGQUIT';
/** How long a thread may take to end, in ms, before the whole process does. */
const PATIENCE = 1000;

/** Start the thread. @returns {(program: import('./run.js').Program) => Promise<number>} runs a program in it, and answers the exit code */
export function startThread() {
  const thread = new Worker(new URL('js_thread.js', import.meta.url));
  return ({ wasm, bodies, args, env, preopens }) => new Promise((resolve, reject) => {
    thread.once('error', reject);
    const interrupted = watchSignals(thread);
    thread.once('exit', (code) => resolve(interrupted() ? CTRL_C : code));
    thread.postMessage({ wasm, bodies, args, env, preopens });
  });
}

/** The first Ctrl-C cancels the main task. The second one ends the program, whatever it does.
 *  @param {Worker} thread  @returns {() => boolean} whether the second one has come */
function watchSignals(thread) {
  let presses = 0;
  process.on('SIGINT', () => {
    if (++presses === 1) thread.postMessage('interrupt');
    else end(thread);
  });
  process.on(DUMP_KEY, () => thread.postMessage('dump'));
  return () => presses > 1;
}

/** A thread can't be ended while the system keeps it in a call, such as a read of the terminal. Then the signal itself ends the process.
 *  @param {Worker} thread */
function end(thread) {
  void thread.terminate();
  setTimeout(() => {
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  }, PATIENCE);
}
