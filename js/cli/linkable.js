// What the linker takes: objects and archives of WebAssembly. All else is refused in a sentence, before anything reads it.

import { definedSymbols, isArchive, isCoreWasm, isObject, isWasm } from '../link/wasm.js';
import { BuildError } from './errors.js';

/** What an object that clang has made with -flto begins with. */
const BITCODE = Buffer.from([0x42, 0x43, 0xc0, 0xde]);

/** @param {string} file  how the user knows it  @param {Uint8Array} bytes */
export function checkLinkable(file, bytes) {
  const fault = faultOf(bytes);
  if (fault) throw new BuildError(`bide: ${file} ${fault}\n`);
}

/** @param {Uint8Array} bytes  @returns {string | undefined} what is wrong with it */
function faultOf(bytes) {
  if (BITCODE.equals(bytes.subarray(0, BITCODE.length))) return 'is bitcode of LLVM: compile it without -flto';
  if (!isWasm(bytes) && !isArchive(bytes)) return 'is neither an object nor an archive';
  try {
    if (isCoreWasm(bytes) && !isObject(bytes)) return 'is a linked module, and no object';
    definedSymbols(bytes);
  } catch (error) {
    if (error instanceof RangeError) return 'is damaged: it ends too early';
    throw error;
  }
}
