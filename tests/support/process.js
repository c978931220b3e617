// Child processes whose whole outcome is looked at.

import { spawn } from 'node:child_process';

/** @typedef {{ code: number | null, signal: string | null, stdout: string, stderr: string }} Outcome */
/** @typedef {{ cwd?: string, env?: Record<string, string | undefined>, stdin?: string, timeout?: number }} Settings
 *    timeout in milliseconds; a program that takes longer is killed (signal SIGKILL) */

const TIMEOUT = 60_000;

/** @param {string} command  @param {string[]} args  @param {Settings} [settings]
 *  @returns {Promise<Outcome>} */
export function runProcess(command, args, { cwd, env = {}, stdin = '', timeout = TIMEOUT } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout, killSignal: 'SIGKILL' });
  let stdout = '', stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
  child.stdin.on('error', () => {});   // a program that reads nothing may be gone before
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Run a tool that must succeed.
 *  @param {string} command  @param {string[]} args  @param {Settings} [settings] */
export async function mustRun(command, args, settings) {
  const outcome = await runProcess(command, args, { timeout: 300_000, ...settings });
  if (outcome.code === 0) return outcome;
  throw new Error(`${command} ${args.join(' ')} ended with ${outcome.code ?? outcome.signal}\n${outcome.stderr}${outcome.stdout}`);
}

/** Do `work` for each of `items`, at most `width` at once.
 *  @template T, R  @param {T[]} items  @param {(item: T) => Promise<R>} work  @param {number} width
 *  @returns {Promise<R[]>} in order */
export async function inParallel(items, work, width) {
  /** @type {R[]} */
  const results = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
