// A Node process that runs one program after another, so that a hundred small
// ones don't each wait for a Node to start.
//
// Requests and answers are lines of JSON. A program that ends the process or
// hangs costs its own test only: the next request starts a new process.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @typedef {import('./process.js').Outcome} Outcome */
/** @typedef {{ wasm: string, args: string[], env: Record<string, string>, stdin: string, preopens?: Record<string, string>, files?: Record<string, string> }} Request */

const TIMEOUT = 30_000;

export class ProgramServer {
  #command;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #log = '';
  /** @type {((outcome: Outcome) => void) | undefined} */
  #answer;
  /** One request at a time. @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {string[]} command  a Node and the script that serves */
  constructor(command) {
    this.#command = command;
  }

  /** @param {Request} request  @returns {Promise<Outcome>} */
  run(request) {
    const outcome = this.#last.then(() => this.#ask(request));
    this.#last = outcome;
    return outcome;
  }

  /** End the process; a later request starts it again. */
  close() {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  /** @param {Request} request  @returns {Promise<Outcome>} */
  #ask(request) {
    this.#child ??= this.#start();
    this.#log = '';
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#child?.kill('SIGKILL'), TIMEOUT);
      this.#answer = (outcome) => {
        clearTimeout(timer);
        this.#answer = undefined;
        resolve(outcome);
      };
      this.#child?.stdin?.write(`${JSON.stringify(request)}\n`);
    });
  }

  #start() {
    const [node, ...args] = this.#command;
    const child = spawn(node, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => {});
    child.stderr.setEncoding('utf8').on('data', (text) => { this.#log += text; });
    createInterface({ input: child.stdout }).on('line', (line) => this.#answer?.(JSON.parse(line)));
    child.once('close', (code, signal) => {
      if (this.#child === child) this.#child = undefined;
      this.#answer?.({ code, signal, stdout: '', stderr: `the process that ran the program ended:\n${this.#log}` });
    });
    return child;
  }
}
