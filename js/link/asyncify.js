// Asyncify: C functions become able to unwind and to rewind.
//
// The C core imports asyncify.start_unwind and its siblings, and Binaryen's pass defines them. The pass leaves some
// functions as they are: those that call one of the four, and those on the remove-list, which stays.js finds. It is
// also told that imported functions never suspend: all suspending happens inside of the module.

import { define, exportedAs, importedAs, removeExports } from './binaryen.js';
import { LinkError } from './errors.js';
import { joinFrames } from './frames.js';
import { leanSwitches } from './lean_switches.js';
import { ASYNCIFY } from './names.js';

const { module: FROM, ...IMPORTS } = ASYNCIFY;
const SWITCHES = Object.values(IMPORTS);

/** Names that may stand on the remove-list. Other characters, which C++ has in names, mean something else there. */
const PLAIN = /^[\w.$]+$/;

/** In a module where nothing suspends nobody comes to the switches. @param {any} binaryen  @param {any} module */
export function defineSwitches(binaryen, module) {
  for (const base of SWITCHES) {
    const name = importedAs(binaryen, module, FROM, base);
    if (name === undefined) continue;
    const { params, results } = binaryen.getFunctionInfo(module.getFunction(name));
    define(module, name, params, results, module.unreachable());
  }
}

/** @param {any} binaryen  @param {any} module */
function runPass(binaryen, module) {
  try {
    module.runPasses(['asyncify']);
  } catch (error) {
    // The pass does not know tail calls. What it throws then is no Error, and has no message.
    if (error instanceof Error || !(module.getFeatures() & binaryen.Features.TailCall)) throw error;
    throw new LinkError("has tail calls, which can't be suspended: compile without -mtail-call");
  }
}

/** @param {any} binaryen  @param {any} module  that suspends  @param {string[]} staying  names of functions that stay as they are */
export function asyncify(binaryen, module, staying) {
  binaryen.setPassArgument('asyncify-ignore-imports', '1');
  binaryen.setPassArgument('asyncify-removelist', staying.filter((name) => PLAIN.test(name)).join());
  runPass(binaryen, module);
  binaryen.clearPassArguments();
  leanSwitches(binaryen, module, SWITCHES.map((name) => /** @type {string} */ (exportedAs(binaryen, module, `asyncify_${name}`))));
  joinFrames(binaryen, module);
  removeExports(module, [...SWITCHES, 'get_state'].map((name) => `asyncify_${name}`));
}
