// What a page or a worker has: a console, but no files and no stdin.

import { inputFrom } from '../runtime/input.js';
import { toConsole } from '../runtime/output.js';

/** @type {import('../runtime/platform.js').Platform} */
export const pagePlatform = {
  output: (fd) => toConsole(fd === 1 ? console.log : console.error),
  stdin: () => inputFrom(),
};
