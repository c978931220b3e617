// The functions that a module is instantiated with.

const WASI = 'wasi_snapshot_preview1';
/** Errno of WASI: there is no such function. */
const NOSYS = 52;
const notThere = () => NOSYS;

/** Whether the program can open files. @param {WebAssembly.Module} module */
export function opensFiles(module) {
  return WebAssembly.Module.imports(module).some(({ module: from, name }) => from === WASI && name.startsWith('path_'));
}

/** Throws a TypeError if the module is none that load() can take.
 *  @param {WebAssembly.Module} module */
export function checkModule(module) {
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  const why = WebAssembly.Module.imports(module).some(({ module: from }) => from === 'bide_pass') ? 'is not finished: bide link does that'
    : exported.includes('_start') ? 'is one for WASI: --target js makes one for load()'
      : exported.includes('bide__js_flush') ? '' : 'was not made by bide';
  if (why) throw new TypeError(`load: the module ${why}`);
}

/** @typedef {object} Sources
 *  @property {Record<string, Function>} bide  the runtime's functions
 *  @property {(name: string) => Function | undefined} wasi
 *  @property {Record<string, Function>} user  those of load()'s option `imports`
 *  @property {(fn: Function) => Function} wrap  makes a user's function callable from C
 *  @property {(fn: Function, name: string) => Function} wrapInt  the same, if it returns an int; see js/link/imported.js
 *  @property {(fn: Function, name: string) => Function} wrapPromise  the same, if C declares it with BIDE_IMPORT_PROMISE
 *  @property {(fn: Function, name: string) => Function} wrapBody  the same, if it takes the place of a body, see BIDE_JAVASCRIPT */

/** @param {WebAssembly.Module} module  @param {Sources} sources
 *  @returns {Record<string, any>} */
export function makeImports(module, { bide, wasi, user, wrap, wrapInt, wrapPromise, wrapBody }) {
  /** @type {Record<string, Record<string, Function>>} */
  const imports = {};
  const missing = [];
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const group = imports[from] ??= {};
    if (from === WASI) group[name] = wasi(name) ?? notThere;
    else if (from === 'bide') group[name] = bide[name] ?? absent(name);
    else if (typeof user[name] !== 'function') missing.push(name);
    else group[name] = ({ 'bide:promise': wrapPromise, 'bide:int': wrapInt, 'bide:javascript': wrapBody }[from] ?? wrap)(user[name], name);
  }
  if (missing.length) throw new TypeError(`load: the program imports functions that \`imports\` lacks: ${missing.join(', ')}`);
  return imports;
}

/** @param {string} name  of a function of the runtime  @returns {never} */
function absent(name) {
  throw new TypeError(`load: this runtime has no ${name}(): it was built for another program, or is of another version`);
}
