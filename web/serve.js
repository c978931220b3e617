// `./build.sh web`: builds the programs of the pages and serves them to this machine.

import { parseArgs } from 'node:util';
import { BuildError } from '../js/cli/errors.js';
import { buildDemos } from './build.js';
import { mounts } from './pages.js';
import { serveSite } from './site.js';

const USAGE = 'usage: ./build.sh web [--port N]   (default 8000; 0: any that is free)';

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} argv  @returns {Promise<number>} the exit code; 0 while it serves */
async function main(argv) {
  const port = portIn(argv);
  if (port === undefined) return fail(2, USAGE);
  try {
    await buildDemos((line) => console.error(line));
    const { url } = await serveSite(mounts, port);
    console.log(`serving ${url} (Ctrl-C ends it)`);
    return 0;
  } catch (error) {
    const { code, message } = /** @type {any} */ (error);
    if (error instanceof BuildError) return fail(1, message.trimEnd());
    if (code === 'EADDRINUSE') return fail(1, `port ${port} is in use; choose another with --port`);
    if (code === 'EACCES') return fail(1, `port ${port} needs rights that you don't have; choose another with --port`);
    throw error;
  }
}

/** @param {string[]} argv  @returns {number | undefined} */
function portIn(argv) {
  try {
    const { port } = parseArgs({ args: argv, options: { port: { type: 'string', default: '8000' } } }).values;
    return /^\d+$/.test(port) && Number(port) < 65536 ? Number(port) : undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} code  @param {string} message */
function fail(code, message) {
  console.error(message);
  return code;
}
