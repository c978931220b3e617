// Binaryen, and how to find functions in a module of its.

/** Variables that its passes add to a module. */
export const STATE = '__asyncify_state', DATA = '__asyncify_data', STACK_BASE = '__stack_base', STACK_LIMIT = '__stack_limit';

/** @type {Promise<any> | undefined} */
let importing;

/** Begin to load Binaryen (15 MB); further calls cost nothing.
 *  @returns {Promise<any>} */
export function loadBinaryen() {
  importing ??= import('binaryen').then((module) => module.default);
  return importing;
}

/** @param {any} binaryen  @param {any} module  @param {string} from  @param {string} base
 *  @returns {string | undefined} the name of the imported function */
export function importedAs(binaryen, module, from, base) {
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const info = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
    if (info.module === from && info.base === base) return info.name;
  }
  return undefined;
}

/** @param {any} binaryen  @param {any} module  @param {string} name
 *  @returns {string | undefined} the name of the exported function */
export function exportedAs(binaryen, module, name) {
  const ref = module.getExport(name);
  return ref ? binaryen.getExportInfo(ref).value : undefined;
}

/** @param {any} module  @param {string[]} names */
export function removeExports(module, names) {
  for (const name of names) if (module.getExport(name)) module.removeExport(name);
}

/** Put a function in the place of an imported one.
 *  @param {any} module  @param {string} name  @param {number} params  @param {number} results  @param {number} body */
export function define(module, name, params, results, body) {
  module.removeFunction(name);
  module.addFunction(name, params, results, [], body);
}
