// Reads what the library's C files tell those who link and finish a module: src/link.h.

import { archiveMembers, customSections, isArchive, isWasm, withoutCustomSections } from './wasm.js';

/** @typedef {{ suspends: string[], runs: string[], returns: string[], cold: string[], link: string[], linkMain: string[], linkExport: string[], linkPromise: string[], linkGenerator: string[] }} Told
 *    suspends, runs, cold: names of functions; returns: not empty if run calls suspend; link: options for the linker;
 *    linkMain: further ones if the program has a main; linkExport: if it exports functions; linkPromise: if it asks for promises;
 *    linkGenerator: if it has generators for JavaScript */

/** The custom sections by their names. @type {Record<string, keyof Told>} */
export const SECTIONS = {
  bide_suspends: 'suspends', bide_runs: 'runs', bide_returns: 'returns', bide_cold: 'cold',
  bide_link: 'link', bide_link_main: 'linkMain', bide_link_export: 'linkExport', bide_link_promise: 'linkPromise', bide_link_generator: 'linkGenerator',
};

const utf8 = new TextDecoder();

/** @param {Uint8Array} file  a linked module, an object, or an archive, whose members tell it together  @returns {Told} */
export function toldBy(file) {
  /** @type {Told} */
  const told = { suspends: [], runs: [], returns: [], cold: [], link: [], linkMain: [], linkExport: [], linkPromise: [], linkGenerator: [] };
  const modules = isArchive(file) ? archiveMembers(file).filter(isWasm) : [file];
  for (const { name, bytes } of modules.flatMap(customSections)) {
    if (Object.hasOwn(SECTIONS, name)) told[SECTIONS[name]].push(...utf8.decode(bytes).split('\n').filter(Boolean));
  }
  return told;
}

/** @param {Uint8Array} module  @returns {Uint8Array} a copy without these sections */
export function withoutTold(module) {
  return withoutCustomSections(module, (name) => Object.hasOwn(SECTIONS, name));
}
