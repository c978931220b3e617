// How this Node compiles the tool chain, which is WebAssembly.

import { setFlagsFromString } from 'node:v8';

/** Compile wasm fast, without optimising it: a tool runs for a second, and would not earn back the time that
 *  optimising takes. Call this before the tool chain is loaded. */
export function hurry() {
  setFlagsFromString('--liftoff-only');
}
