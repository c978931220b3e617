// What the library's C files tell whoever links and finishes a module: src/link.h.

import { archiveMembers, customSections, isWasm, withoutCustomSections } from './wasm_object.js';

/** @typedef {{ suspends: string[], cold: string[], link: string[], linkMain: string[] }} Told
 *    names of functions; options for the linker, and further ones if the program has a main */

/** By the names of the custom sections. @type {Record<string, keyof Told>} */
const SECTIONS = { bide_suspends: 'suspends', bide_cold: 'cold', bide_link: 'link', bide_link_main: 'linkMain' };

/** @param {Uint8Array} module  linked, or an object  @returns {Told} */
export function toldByModule(module) {
  /** @type {Told} */
  const told = { suspends: [], cold: [], link: [], linkMain: [] };
  for (const { name, bytes } of customSections(module)) {
    if (Object.hasOwn(SECTIONS, name)) told[SECTIONS[name]].push(...Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean));
  }
  return told;
}

/** @param {Uint8Array} archive  @returns {Told} by all of its members together */
export function toldByArchive(archive) {
  const all = archiveMembers(archive).filter(isWasm).map(toldByModule);
  const collect = (/** @type {keyof Told} */ key) => all.flatMap((told) => told[key]);
  return { suspends: collect('suspends'), cold: collect('cold'), link: collect('link'), linkMain: collect('linkMain') };
}

/** @param {Uint8Array} module  @returns {Uint8Array} the module without what was told */
export function withoutTold(module) {
  return withoutCustomSections(module, (name) => Object.hasOwn(SECTIONS, name));
}
