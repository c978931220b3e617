// Checks what a program's C files describe for JavaScript. Faults are reported in the form of a compiler, all at once.

import { parseSignature } from '../runtime/signature.js';
import { BuildError } from './errors.js';

/** @typedef {import('../link/described.js').Described} Described
 *  @typedef {import('../link/described.js').CFunction} CFunction
 *  @typedef {import('../link/described.js').Place & { message: string }} Fault */

/** Throw a BuildError if anything is wrong.
 *  @param {Described} described  @param {string[]} [exported]  names of functions that are marked BIDE_EXPORT */
export async function checkDescribed({ functions, javascript, types }, exported = []) {
  const faults = [...faultsOf(functions), ...faultsOf(javascript)];
  for (const { name, ...place } of functions) if (exported.includes(name)) faults.push(fault(place, name, 'a function marked BIDE_EXPORT has the same name'));
  for (const { text, ...place } of types) if (text === undefined) faults.push(fault(place, 'BIDE_TYPES', 'the text is no string literal'));
  if (faults.length) throw new BuildError(faults.map(({ file, line, message }) => `${file}:${line}: error: ${message}\n`).join(''));
}

/** @param {import('../link/described.js').Place} place  @param {string} name  @param {string} message  @returns {Fault} */
const fault = ({ file, line }, name, message) => ({ file, line, message: `${name}: ${message}` });

/** @param {CFunction[]} all  of one kind  @returns {Fault[]} */
function faultsOf(all) {
  return all.flatMap((one, i) => {
    const first = all.slice(0, i).find((other) => other.name === one.name);
    const messages = [faultOfSignature(one), first ? `it is defined a second time; the first one is at ${first.file}:${first.line}` : ''];
    return messages.filter(Boolean).map((message) => fault(one, one.name, message));
  });
}

/** @param {CFunction} described  @returns {string} '' if it is right */
function faultOfSignature({ signature }) {
  if (signature === undefined) return 'the signature is no string literal';
  try {
    parseSignature(signature);
    return '';
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}
