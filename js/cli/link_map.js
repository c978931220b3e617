// wasm-ld's map: from which object each function came.

/** @param {string} map  the text of --Map
 *  @returns {Map<number, { archive: string, member: string }>} by the distance from the first function: wasm-ld
 *    counts offsets without the header of the code section, other tools with it */
export function functionOrigins(map) {
  const origins = new Map();
  const code = map.slice(map.search(/\sCODE\n/));
  let first;
  for (const [, hex, file] of code.matchAll(/^ +- +([0-9a-f]+) +[0-9a-f]+ +(\S+):\(.*\)$/gm)) {
    const offset = Number.parseInt(hex, 16);
    first ??= offset;
    origins.set(offset - first, origin(file));
  }
  return origins;
}

/** @param {string} file  an object, or an archive with its member in parentheses */
function origin(file) {
  const [, archive, member] = /^(.*)\((.*)\)$/.exec(file) ?? [file, '', file];
  return { archive: archive.replace(/^.*\//, ''), member: member.replace(/\.c\.obj$|\.o$/, '') };
}
