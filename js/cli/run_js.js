// Runs a program in this Node.

import { nodePlatform } from '../node/platform.js';
import { loadOn } from '../runtime/load.js';
import { dumpTasks } from './insight.js';

const CTRL_C = 130, TRAPPED = 134;
/** The signal of Ctrl-\, on Windows of Ctrl-Break. */
const DUMP_KEY = process.platform === 'win32' ? 'SIGBREAK' : 'SIGQUIT';

/** @param {import('./run.js').Program} program  @returns {Promise<number>} the exit code */
export async function runJs({ wasm, args, env, preopens }) {
  try {
    const app = await loadOn(await nodePlatform(), wasm, { args, env, preopens, exitOnDeadlock: true });
    interruptible(app);
    process.on(DUMP_KEY, () => dumpTasks(app));
    return await app.run();
  } catch (error) {
    return report(/** @type {any} */ (error));
  }
}

/** The first Ctrl-C cancels the main task. The second one ends the process.
 *  @param {{ interrupt(): void }} app */
function interruptible(app) {
  let interrupts = 0;
  process.on('SIGINT', () => {
    if (++interrupts > 1) process.exit(CTRL_C);
    app.interrupt();
  });
}

/** @param {{ code?: string, report?: string, name: string, message: string }} error */
function report({ code, report, name, message }) {
  if (code === 'TRAP') {
    process.stderr.write(`bide: ${report ?? message}\n`);
    return TRAPPED;
  }
  process.stderr.write(`bide: the program can't be started: ${name}: ${message}\n`);   // it wants imports, for example
  return 1;
}
