// Where each name of ours has its place in the reference.

/** @typedef {import('./header.js').Header} Header */
/** @typedef {Map<string, string>} Places  name to URL, relative to the reference's folder */

/** Every public name: functions, types, macros, constants of enums, codes.
 *  @param {Header} header  @returns {Places} */
export function placesOf({ modules, codes }) {
  /** @type {Places} */
  const places = new Map();
  for (const { slug, entries } of modules) {
    for (const { name, kind, members } of entries) {
      places.set(name, `${slug}.html#${name}`);
      for (const member of members.filter((one) => one.startsWith('BIDE_'))) places.set(member, `${slug}.html#${member}`);
      if (kind === 'codes') for (const code of codes) places.set(code.name, `${slug}.html#${code.name}`);
    }
  }
  places.delete('codes');
  return places;
}

/** Fields of the structs whose fields are public, as `bide_type.field`.
 *  @param {Header} header  @returns {Set<string>} */
export const fieldsOf = ({ modules }) => new Set(modules.flatMap((module) => module.entries)
  .flatMap(({ name, members }) => members.map((member) => `${name}.${member}`)));
