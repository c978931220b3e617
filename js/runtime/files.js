// The files of an app: those of its host that it may open, or else a disk of its own.

import { Disk } from './disk.js';
import { opensFiles } from './imports.js';
import { treeFunctions } from './tree_functions.js';

/** @typedef {import('./platform.js').Platform} Platform
 *
 *  @typedef {object} Source
 *  @property {Disk} [disk]  without it the files are the host's
 *  @property {(module: WebAssembly.Module, memory: import('./memory.js').Memory) => Promise<import('./platform.js').Files | undefined>} open */

/** @param {import('./runtime.js').Options} options  @param {Platform | Promise<Platform>} host  @returns {Promise<Source>} */
export async function findFiles({ files, preopens, packed }, host) {
  if (!preopens) {
    const disk = new Disk(host);
    await disk.fill(files, packed);
    return { disk, open: async (_module, memory) => treeFunctions(memory, disk.tree) };
  }
  if (files !== undefined) throw new TypeError('load: `files` and `preopens` can\'t be given together');
  return { open: async (module, memory) => (opensFiles(module) ? (await host).files?.(preopens, memory) : undefined) };
}
