// The bodies of BIDE_JAVASCRIPT become the functions of one module: part of app.mjs, or what `bide run` imports.

import { JAVASCRIPT_MODULE } from '../link/names.js';
import { imports } from '../link/wasm.js';
import { parseSignature } from '../runtime/signature.js';

/** @typedef {import('../link/described.js').Body} Body */

/** How a function begins, by the form of its result. */
const HEADS = { sync: ['', ''], promise: ['async', ''], generator: ['', '*'], 'async generator': ['async', '*'] };

/** @param {Body} body  @returns {{ async: string, star: string, rest: string }}  rest: parameters and the block; the body has lines of its own */
function partsOf({ signature, body }) {
  const { params, result } = parseSignature(/** @type {string} */ (signature)), [async, star] = HEADS[result.form];
  return { async, star, rest: `(${params.map(({ name, rest }) => (rest ? `...${name}` : name)).join(', ')}) {\n${body}\n}` };
}

/** @param {Body} body  with a signature and a text  @returns {string[]} modules that a parser takes if the text is the body of one function */
export function proofsOf(body) {
  const { async, star, rest } = partsOf(body);
  // A text that closes the function and opens another one must begin with a comma in one of them, and can't in the other.
  return [`export {}; ${async} function${star} body${rest}`, `export default { ${async} ${star}body${rest} };`];
}

/** @param {Uint8Array} wasm  the finished module  @param {Body[]} javascript
 *  @returns {string | undefined} a module whose default export has a function for each import of `wasm` that has a body */
export function bodiesModule(wasm, javascript) {
  const used = new Set(imports(wasm).filter(({ module }) => module === JAVASCRIPT_MODULE).map(({ name }) => name));
  const functions = javascript.filter(({ name }) => used.has(name)).map((body) => {
    const { async, star, rest } = partsOf(body);
    return `[${JSON.stringify(body.name)}]: ${async} function${star} ${rest},\n`;
  });
  return functions.length ? `export default {\n${functions.join('')}};\n` : undefined;
}
