// The program's three streams: those that load() was given, else the platform's.

import { inputFrom } from './input.js';
import { encode } from './memory.js';
import { outputTo } from './output.js';

/** @typedef {import('./input.js').Input} Input
 *  @typedef {import('./output.js').Output} Output */

/** No turn is taken while more bytes than these are undelivered. index.d.ts names the number. */
const UNDELIVERED_MOST = 65536;

export class Streams {
  /** open() makes it. @type {Input} */
  stdin;
  /** Descriptors 1 and 2. @type {Output[]} */
  outputs = [];
  /** Those that may take their time. @type {Output[]} */
  #slow = [];

  /** What is open when this throws is to be released, too.
   *  @param {import('../index.d.ts').LoadOptions} options  @param {import('./platform.js').Platform} platform
   *  @param {import('./output.js').Watcher} watcher */
  open({ stdin, stdout, stderr }, platform, watcher) {
    for (const [i, target] of [stdout, stderr].entries()) {
      this.outputs.push(target ? outputTo(target, watcher) : platform.output(/** @type {1 | 2} */ (i + 1)));
    }
    this.#slow = this.outputs.filter(({ undelivered }) => undelivered);
    this.stdin = stdin === undefined ? platform.stdin() : inputFrom(stdin);
  }

  get undelivered() {
    return this.#slow.some(({ undelivered }) => undelivered?.());
  }

  get full() {
    return this.#slow.some(({ undelivered }) => (undelivered?.() ?? 0) > UNDELIVERED_MOST);
  }

  /** The program has ended: write what was kept back. It throws what a function throws. */
  rest() {
    for (const output of this.outputs) output.rest?.();
  }

  release() {
    this.stdin?.release?.();
    for (const output of this.outputs) output.release?.();
  }

  /** Write a line to the program's stderr. @param {string} line */
  tell(line) {
    try {
      this.outputs[1].write(encode(`${line}\n`));
    } catch {
      // stderr is broken, and there is no other place for the line
    }
  }
}
