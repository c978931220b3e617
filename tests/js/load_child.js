// Runs main of the module at the first argument, as `bide run` does; an
// import `get` never settles. The other arguments are the program's.

import { load } from '../../js/index.js';

const [, , path, ...args] = process.argv;
const imports = { get: () => new Promise(() => {}) };
const options = { args: ['main', ...args], env: process.env, imports, exitOnDeadlock: true };
const app = await load(path, /** @type {any} */ (options));
process.on('SIGINT', () => app.interrupt());
process.exitCode = await app.run();
