// What an app has for JavaScript to read and write its files.

import { BideError } from './errors.js';

/** @typedef {import('./runtime.js').Runtime} Runtime */

export class AppFiles {
  #runtime;

  /** @param {Runtime} runtime */
  constructor(runtime) {
    this.#runtime = runtime;
  }

  get #disk() {
    const { disk } = /** @type {import('./files.js').Source} */ (this.#runtime.files);
    if (!disk) throw new BideError('ERUNTIME', 'the app was loaded with preopens, so its files are the host\'s');
    return disk;
  }

  /** @param {string} path  @returns {Promise<any>} */
  async readFile(path) {
    return this.#disk.readFile(path);
  }

  /** @param {string} path  @param {import('../index.d.ts').FileContent} content  @returns {Promise<void>} */
  async writeFile(path, content) {
    await this.#disk.writeFile(path, content);
  }

  /** @param {string} [path]  of a folder  @returns {string[]} */
  files(path = '/') {
    return this.#disk.list(path);
  }

  /** @returns {Promise<void>} */
  async sync() {
    await this.#disk.sync();
  }
}
