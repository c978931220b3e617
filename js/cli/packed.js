// The folders of `bide build --files`: copied beside the module, and listed for app.mjs.

import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, normalize, posix, resolve } from 'node:path';
import { UsageError } from './errors.js';

/** @typedef {object} Packed
 *  @property {string} path  where the program finds it; that of an empty folder ends with a slash
 *  @property {string} [name]  of the copy, below the folder of the module; an empty folder has none
 *  @property {string} [file]  that is copied */

/** In the folder of the module it has what the program finds at `/`. */
const AT_ROOT = 'files';

/** What DIR or DIR@PATH names. PATH is where the program finds the folder; by default that is its name, at the root.
 *  @param {string} operand  @returns {{ dir: string, path: string }} */
export function parsePacked(operand) {
  const at = isDirectory(operand) ? -1 : operand.lastIndexOf('@');
  const dir = at < 0 ? operand : operand.slice(0, at);
  if (!isDirectory(dir)) throw new UsageError(`--files ${operand}: no such directory`);
  const here = normalize(`${dir}/`) === normalize('./');
  return { dir, path: posix.resolve('/', at < 0 ? here ? '' : basename(resolve(dir)) : operand.slice(at + 1)) };
}

/** @param {string} dir */
const isDirectory = (dir) => Boolean(statSync(dir, { throwIfNoEntry: false })?.isDirectory());

/** @param {string[]} operands  @param {string} output  the folder of the module, which is not copied into itself  @returns {Packed[]} */
export function packedFiles(operands, output) {
  return operands.flatMap((operand) => {
    const { dir, path } = parsePacked(operand);
    return filesIn(dir, path, path === '/' ? AT_ROOT : path.slice(1), new Set([realOf(output)]));
  });
}

/** @param {string} path  of what need not be there */
function realOf(path) {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}

/** @param {string} dir  @param {string} path  @param {string} name  @param {Set<string>} above  folders that are not gone into, by their real paths
 *  @returns {Packed[]} */
function filesIn(dir, path, name, above) {
  const real = realpathSync(dir), inside = new Set(above).add(real);
  if (above.has(real)) return [];
  const found = readdirSync(dir).sort().flatMap((entry) => {
    const file = join(dir, entry), stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return filesIn(file, posix.join(path, entry), `${name}/${entry}`, inside);
    return stat?.isFile() ? [{ path: posix.join(path, entry), name: `${name}/${entry}`, file }] : [];
  });
  return found.length > 0 ? found : [{ path: posix.join(path, '/') }];
}

/** @param {Packed[]} packed  @param {string} output  @returns {[string, Uint8Array][]} what is to be written, without what is there already */
export function copiesOf(packed, output) {
  return packed.flatMap(({ name, file }) => (
    name && file && realOf(join(output, name)) !== realpathSync(file) ? [/** @type {[string, Uint8Array]} */ ([name, readFileSync(file)])] : []));
}

/** @param {Packed[]} packed  @returns {string} the source of packed_files.js */
export function packedModule(packed) {
  const url = (/** @type {string} */ name) => `new URL(${JSON.stringify(`./${escaped(name)}`)}, import.meta.url)`;
  const entries = packed.map(({ path, name }) => `  ${JSON.stringify(path)}: ${name ? url(name) : "''"},\n`);
  return `export default () => ({\n${entries.join('')}});\n`;
}

/** As a URL has it. Bundlers take it for the name of the file, so nothing else is escaped than what a URL would be misread for.
 *  @param {string} name */
const escaped = (name) => name.replace(/[%#?\\\x00-\x1f]| $/g, encodeURIComponent);
