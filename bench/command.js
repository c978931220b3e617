// Child processes, each with a time limit.

import { execFile } from 'node:child_process';
import { basename } from 'node:path';

/** @typedef {{ env?: Record<string, string>, cwd?: string, timeout?: number }} Settings  timeout in milliseconds */

/** @param {string} path  @param {string[]} args  @param {Settings} [settings]
 *  @returns {Promise<string>} its stdout; rejects if it fails */
export function command(path, args, { env = {}, cwd, timeout = 60_000 } = {}) {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, timeout, killSignal: /** @type {const} */ ('SIGKILL'), maxBuffer: 1 << 26 };
    execFile(path, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const end = error.killed ? `no end after ${timeout} ms` : `ended with ${error.code ?? error.signal}`;
      reject(new Error(`${basename(path)} ${end}\n${stderr}`));
    });
  });
}
