// Reads the process's stdin, runs main of the module at the first argument with the second, and reads on. Prints as JSON what
// the app changed of stdin and the process, and what came afterwards.

import { load } from '../../js/index.js';

const [, , path, what, when] = process.argv;
const state = () => ({
  flowing: process.stdin.readableFlowing, paused: process.stdin.isPaused(),
  listeners: ['data', 'readable', 'end', 'error', 'close', 'pause', 'resume'].map((name) => process.stdin.listenerCount(name)),
  process: process.eventNames().map((name) => [String(name), process.listenerCount(/** @type {any} */ (name))]),
});

/** @type {string[]} */
const got = [];
const listen = () => process.stdin.on('data', (chunk) => got.push(String(chunk)));
if (when === 'before') listen();
if (when === 'paused') process.stdin.pause();
const before = JSON.stringify(state());
let stdout = '';
const options = { args: ['main', what], stdout: (/** @type {any} */ chunk) => { stdout += chunk; }, env: { BIDE_VIRTUAL_TIME: '1' }, exitOnDeadlock: true };
const app = await load(path, /** @type {any} */ (options));
const code = await app.run();
const after = JSON.stringify(state());
process.stderr.write('ended\n');
if (when === 'after') listen();
if (when === 'paused') listen().resume();
await new Promise((resolve) => process.stdin.on('end', resolve));
process.stdout.write(JSON.stringify({ code, stdout, same: before === after || [before, after], got: got.join('') }));
