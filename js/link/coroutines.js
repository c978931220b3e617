// Whether a linked module has coroutines. The linker has dropped what nobody calls, so the imports tell.

import { ASYNCIFY } from './names.js';
import { imports } from './wasm.js';

/** @param {Uint8Array} wasm  @param {string[]} wanted  @returns {boolean} whether it imports all of them */
function importsFromAsyncify(wasm, ...wanted) {
  const names = imports(wasm).filter(({ module }) => module === ASYNCIFY.module).map(({ name }) => name);
  return wanted.every((name) => names.includes(name));
}

/** Whether something runs coroutines, so that there are stacks beside that of main. @param {Uint8Array} wasm */
export const resumes = (wasm) => importsFromAsyncify(wasm, ASYNCIFY.startRewind);

/** Whether something suspends coroutines. Functions that would may be there in vain, where nothing runs coroutines: the
 *  tree of tasks brings some.  @param {Uint8Array} wasm */
export const suspends = (wasm) => importsFromAsyncify(wasm, ASYNCIFY.startRewind, ASYNCIFY.startUnwind);
