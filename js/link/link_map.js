// Reads what wasm-ld writes for --Map: the object of each function.
//
//     Addr      Off     Size Out     In      Symbol
//        -      14d      a1b CODE
//        -      151       58         lib/crt1-command.o:(_start)
//        -      1bb       10         lib/libc.a(puts.c.obj):(puts)
//        -      1bb       10                 puts

import { LinkError } from './errors.js';

/** @typedef {{ archive: string, member: string }} Origin
 *    archive: its name without the path; '': the object was linked by itself. member: the object's name without extension */

/** @param {string} map  @param {{ start: number }[]} bodies  of the module's functions
 *  @returns {Origin[]} of the functions, in the order of their bodies */
export function originsOf(map, bodies) {
  const lines = [...map.slice(map.search(/\sCODE\n/)).matchAll(/^ +- +([0-9a-f]+) +[0-9a-f]+ {2,}(\S.*):\(.*\)$/gm)];
  const offsets = lines.map(([, hex]) => Number.parseInt(hex, 16));
  // wasm-ld counts from behind the head of the code section, whose size we don't know: so only distances are compared.
  const fits = bodies.length === lines.length && bodies.every(({ start }, i) => start - bodies[0].start === offsets[i] - offsets[0]);
  if (!fits) throw new LinkError('is not the module that the linker\'s map tells of');
  return lines.map(([, , file]) => originOf(file));
}

/** @param {string} file  OBJECT or ARCHIVE(MEMBER)  @returns {Origin} */
function originOf(file) {
  const [, archive, member] = /^(.*)\((.*)\)$/.exec(file) ?? [file, '', file];
  return { archive: archive.replace(/^.*[/\\]/, ''), member: member.replace(/\.c\.obj$|\.o$/, '') };
}
