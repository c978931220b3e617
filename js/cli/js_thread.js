// The thread of a program that `bide run` runs in this Node. run_js.js starts it.
//
// Its first message is the program. Those that follow say what a signal asks for: 'interrupt' or 'dump'.

import { createReadStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { ReadStream, isatty } from 'node:tty';
import { parentPort } from 'node:worker_threads';
import { nodePlatform } from '../node/platform.js';
import { loadOn } from '../runtime/load.js';
import { dumpTasks } from './insight.js';
import { CLOSED_PIPE, CTRL_C, say } from './print.js';

const TRAPPED = 134;
/** WASI's number of EPIPE. */
const EPIPE = 64;

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);

/** Resolves with the app when its main has been started. @type {Promise<import('../index.d.ts').App>} */
const running = new Promise((started) => {
  port.once('message', (program) => {
    port.on('message', obey);
    void start(program, started).then((code) => process.exit(code));
  });
});

/** @param {'interrupt' | 'dump'} order */
async function obey(order) {
  const app = await running;
  if (order === 'dump') dumpTasks(app);
  else if (!app.interrupt()) process.exit(CTRL_C);     // no main task is there to be cancelled
}

/** @param {import('./run.js').Program} program  @param {(app: import('../index.d.ts').App) => void} started
 *  @returns {Promise<number>} the exit code */
async function start({ wasm, bodies, args, env, preopens }, started) {
  port.unref();   // what waits for a signal doesn't keep a program from a deadlock
  useStdin();
  try {
    const imports = bodies === undefined ? undefined : await functionsOf(bodies);
    const app = await loadOn(await platform(), wasm, { args, env, preopens, imports, exitOnDeadlock: true });
    const end = app.run();
    started(app);
    return await end;
  } catch (error) {
    return report(/** @type {any} */ (error));
  }
}

/** A module is ordinary code, also where a text can't be evaluated. The last line is how stack traces name it.
 *  @param {string} bodies */
async function functionsOf(bodies) {
  return (await import(`data:text/javascript,${encodeURIComponent(`${bodies}//# sourceURL=bide:javascript\n`)}`)).default;
}

/** This Node, where a program ends if the reader of its output is gone. @returns {Promise<import('../runtime/platform.js').Platform>} */
async function platform() {
  const node = await nodePlatform();
  return { ...node, output: (fd) => endingOutput(node.output(fd)) };
}

/** @param {import('../runtime/output.js').Output} output */
function endingOutput(output) {
  return {
    ...output,
    write(/** @type {Uint8Array} */ bytes) {
      const errno = output.write(bytes);
      if (errno === EPIPE) process.exit(CLOSED_PIPE);
      return errno;
    },
  };
}

/** In a thread, process.stdin is empty. Let it be the process's. */
function useStdin() {
  /** @type {import('node:stream').Readable | undefined} */
  let stdin;
  Object.defineProperty(process, 'stdin', { get: () => stdin ??= openStdin() });
}

/** A stream of descriptor 0, of the kind that Node makes in its first thread. */
function openStdin() {
  if (isatty(0)) return new ReadStream(0);
  const stat = fstatSync(0);
  return stat.isFIFO() || stat.isSocket() ? new Socket({ fd: 0, readable: true, writable: false }).pause() : createReadStream('', { fd: 0, autoClose: false });
}

/** @param {{ code?: string, report?: string, name: string, message: string }} error */
function report({ code, report, name, message }) {
  if (code === 'TRAP') {
    say(`bide: ${report ?? message}\n`);
    return TRAPPED;
  }
  say(`bide: the program can't be started: ${name}: ${message}\n`);   // it wants imports, for example
  return 1;
}
