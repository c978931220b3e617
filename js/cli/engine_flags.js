// How this Node runs the tool chain, which is WebAssembly itself.

import { setFlagsFromString } from 'node:v8';

/** Compile wasm once, quickly: a tool that runs for a second never gets back
 *  what optimising its code costs. To be called before the tool chain is loaded. */
export function hurry() {
  setFlagsFromString('--liftoff-only');
}
