// Which files can be finished, and the sentence that refuses the others.
//
// The flags of `bide link --flags` bring custom sections of the library into every module, even into one that uses
// nothing of it. Finishing removes these sections. So a module that has them is one of ours, and is not finished yet.

import { suspends } from './coroutines.js';
import { LinkError } from './errors.js';
import { COOKIE, JS_FLUSH, LINKED } from './names.js';
import { toldBy } from './told.js';
import { exports, functionNames, isArchive, isCoreWasm, isObject, isWasm } from './wasm.js';

/** Throw a LinkError unless `file` can be finished. @param {Uint8Array} file */
export function accept(file) {
  if (isArchive(file)) throw new LinkError('is an archive of objects, which are to be linked first');
  if (!isWasm(file)) throw new LinkError('is not a WebAssembly module');
  try {
    acceptModule(file);
  } catch (error) {
    throw error instanceof RangeError ? new LinkError('is damaged: it ends too early') : error;
  }
}

/** @param {Uint8Array} module */
function acceptModule(module) {
  if (!isCoreWasm(module)) throw new LinkError('is a component; bide link takes the module that it is made of');
  if (isObject(module)) throw new LinkError('is an object, which is to be linked first');
  const { link } = toldBy(module), names = functionNames(module);
  if (link.length === 0) throw new LinkError(whyNotOurs(module, names));
  if (!link.includes(`--undefined=${LINKED}`)) throw new LinkError('was linked with libbide.a, but without what bide link --flags prints');
  if (names.size === 0) {
    throw new LinkError('has no name section, by which its functions are known: link it without -s and --strip-all, '
      + 'and keep wasm-opt away from it (clang runs it if it finds one, unless told --no-wasm-opt)');
  }
  const all = new Set(names.values());
  if (suspends(module) && all.has(COOKIE) && !all.has(`__wrap_${COOKIE}`)) throw new LinkError(`has tasks and ${COOKIE}: link it with --wrap=${COOKIE}, too`);
}

/** A finished module may have nothing left by which we would know it.
 *  @param {Uint8Array} module  without our sections  @param {Map<number, string>} names  of its functions */
function whyNotOurs(module, names) {
  const isFinished = exports(module).some(({ name }) => name === JS_FLUSH) || [...names.values()].some((name) => name.startsWith('bide_'));
  return isFinished ? 'is finished already' : 'is finished already, or was not linked with libbide.a and what bide link --flags prints';
}
