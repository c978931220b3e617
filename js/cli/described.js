// Checks what a program's C files describe for JavaScript. Faults are reported in the form of a compiler, all at once.

import { parseSignature } from '../runtime/signature.js';
import { proofsOf } from './bodies.js';
import { readIfThere } from './cache.js';
import { macroOf, sourceOf } from './comments.js';
import { BuildError } from './errors.js';
import { syntaxError } from './syntax.js';

/** @typedef {import('../link/described.js').Described} Described
 *  @typedef {import('../link/described.js').CFunction} CFunction
 *  @typedef {import('../link/described.js').Body} Body
 *  @typedef {import('../link/described.js').Place & { message: string }} Fault */

/** Throw a BuildError if anything is wrong.
 *  @param {Described} described  @param {string[]} [exported]  names of functions that are marked BIDE_EXPORT */
export async function checkDescribed({ functions, javascript, types }, exported = []) {
  const faults = await Promise.all([
    ...functions.map(async (one, i) => faultsOf(one, [await faultOfSignature(one), faultOfName(one, functions.slice(0, i)),
      exported.includes(one.name) && 'a function marked BIDE_EXPORT has the same name'])),
    ...javascript.map(async (one, i) => faultsOf(one, [await faultOfSignature(one) || await faultOfBody(one), faultOfName(one, javascript.slice(0, i))])),
    ...types.map(async ({ text, ...place }) => faultsOf({ name: 'BIDE_TYPES', ...place }, [text === undefined ? 'the text is no string literal' : await syntaxError(`\n${text}`, 'ts')])),
  ]);
  const text = faults.flat().map(({ file, line, message }) => `${file}:${line}: error: ${message}\n`).join('');
  if (text) throw new BuildError(text);
}

/** @param {import('../link/described.js').Place & { name: string }} place  @param {(string | false)[]} messages  @returns {Fault[]} */
function faultsOf({ file, line, name }, messages) {
  return messages.filter(Boolean).map((message) => ({ file, line: firstLine({ file, line, name }), message: `${name}: ${message}` }));
}

/** Where the macro begins. The compiler has told where it ends. @param {import('../link/described.js').Place & { name: string }} place */
function firstLine({ file, line, name }) {
  const source = sourceOf(readIfThere(file)?.toString('utf8') ?? ''), at = macroOf(source, name, line);
  return at === undefined ? line : source.code.slice(0, at).split('\n').length;
}

/** @param {CFunction} described  @param {CFunction[]} before  of the same kind */
function faultOfName({ name }, before) {
  const first = before.find((other) => other.name === name);
  return first ? `it is defined a second time; the first one is at ${first.file}:${firstLine(first)}` : '';
}

/** @param {CFunction} described  @returns {Promise<string>} '' if it is right */
async function faultOfSignature({ signature }) {
  if (signature === undefined) return 'the signature is no string literal';
  try {
    parseSignature(signature);
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  const error = await syntaxError(`interface Exports { method\n${signature}\n}`, 'ts');       // braces have been skipped so far
  return error && `the signature is no TypeScript: ${error}`;
}

/** @param {Body} body  whose signature is right */
async function faultOfBody(body) {
  if (body.body === undefined) return 'the body is no string literal';
  const [first, second] = proofsOf(body);
  return await syntaxError(first, 'js') || (await syntaxError(second, 'js') && 'the body closes a brace that it has not opened');
}
