// The options that wasm-ld gets for a program. The library tells most of them, by BIDE__LINK in src/link.h.

import { describedIn } from './described.js';
import { MAIN, PROMISE_MODULE, TYPED_PREFIX } from './names.js';
import { definedSymbols, importsOf } from './wasm.js';

/** @typedef {import('./told.js').Told} Told
 *  @typedef {{ hasMain: boolean, hasExports: boolean, promises: boolean, generators: boolean, exported: string[] }} Program
 *    exported: functions with the mark BIDE_EXPORT, and descriptions of typed functions; promises: it has imports with the mark BIDE_IMPORT_PROMISE; generators: it has typed functions that are some, or may give
 *    JavaScript such */

/** A module for JavaScript has no _start. The library tells this option. */
const ENTRY = '--entry=_initialize';

/** @param {Uint8Array[]} inputs  objects and archives  @returns {Program} */
export function programOf(inputs) {
  const symbols = inputs.flatMap(definedSymbols).filter((symbol) => !symbol.local), functions = symbols.filter((symbol) => symbol.isFunction);
  const isForJs = (/** @type {import('./wasm.js').Defined} */ { name, isFunction }) => (isFunction ? !MAIN.includes(name) : name.startsWith(TYPED_PREFIX));
  const exported = symbols.filter((symbol) => symbol.exported && isForJs(symbol)).map(({ name }) => name);
  const referred = new Set(inputs.flatMap(importsOf).map(({ name }) => name));
  const promises = inputs.flatMap(importsOf).some(({ module }) => module === PROMISE_MODULE);
  const generators = describedIn(...inputs).functions.some(({ signature = '' }) => /Generator\b/.test(signature))
    || (referred.has('bide_js_function') && referred.has('bide_yield'));
  return { hasMain: functions.some((f) => MAIN.includes(f.name)), hasExports: exported.length > 0, promises, generators, exported };
}

/** @param {Told} told  by the library  @param {{ hasMain: boolean, hasExports: boolean, linked?: string[], exported?: string[], wrapped?: string[], promises?: boolean, generators?: boolean }} program
 *    linked: symbols to be linked in though nothing refers to them; wrapped: functions that have a stand-in, __wrap_NAME  @returns {string[]} */
export function linkerFlags({ link, linkMain, linkExport, linkPromise, linkGenerator }, { hasMain, hasExports, linked = [], exported = [], wrapped = [], promises = false, generators = false }) {
  const asked = [...linked.map((name) => `--undefined=${name}`), ...exported.map((name) => `--export=${name}`), ...wrapped.map((name) => `--wrap=${name}`)];
  return [...link, ...(hasMain ? linkMain : []), ...(hasExports ? linkExport : []), ...(promises ? linkPromise : []), ...(generators ? linkGenerator : []), ...asked];
}

/** @param {Told} told  by the library of one target  @returns {boolean} whether that is JavaScript, and not WASI */
export function isForJavaScript({ link }) {
  return link.includes(ENTRY);
}

/** What both of two libraries tell: that is right for the target of either.
 *  @param {Told} one  @param {Told} other  @returns {Told} */
export function common(one, other) {
  const both = (/** @type {keyof Told} */ key) => one[key].filter((line) => other[key].includes(line));
  return {
    suspends: both('suspends'), runs: both('runs'), returns: both('returns'), cold: both('cold'),
    link: both('link'), linkMain: both('linkMain'), linkExport: both('linkExport'), linkPromise: both('linkPromise'),
    linkGenerator: both('linkGenerator'),
  };
}

/** The option as a compiler takes it that calls the linker. Its -mexec-model=reactor says --entry=_initialize, and
 *  links crt1-reactor.o, which has that function.
 *  @param {string} flag  an option of wasm-ld */
export function forDriver(flag) {
  if (flag === ENTRY) return '-mexec-model=reactor';
  return /^-[Ll]/.test(flag) ? flag : `-Wl,${flag}`;
}
