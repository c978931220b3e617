// The compiler, assembler, archiver and linker of @yowasp/clang: LLVM as WebAssembly, run in this process.
//
// LLVM sees only a tree of files that it is given, and a tree has no `..`. So the files have numbers in the tree, and
// an overlay says for each number which path of the disk it is. The overlay resolves `..`; clang's messages and
// __FILE__ still have the paths that the user typed.

import { resolve } from 'node:path';
import { BuildError } from './errors.js';
import { say } from './print.js';

/** @typedef {{ [name: string]: Tree | string | Uint8Array }} Tree */

/** The first call of loadClang() sets it. @type {Promise<typeof import('@yowasp/clang')> | undefined} */
let loading;
/** The driver's answers by its arguments. @type {Map<string, string[][]>} */
const plans = new Map();
let quiet = true;

/** Print each command on stderr. @param {boolean} on */
export function setVerbose(on) {
  quiet = !on;
}

/** Whether commands are printed. */
export const isVerbose = () => !quiet;

/** Load the compiler: 75 MB, which takes about a second. Further calls return the same promise. */
export function loadClang() {
  loading ??= import('@yowasp/clang').then(async (module) => {
    await module.runLLVM(undefined, {}, { fetchProgress: () => {} });    // without arguments it only loads
    return module;
  });
  return loading;
}

/** Compile or assemble one source. Warnings and errors have colours.
 *  @param {{ source: string, flags: string[], files: Map<string, Buffer> }} job
 *    source as the user typed it; files by absolute path
 *  @returns {Promise<{ object: Uint8Array, warnings: string }>} */
export async function compile({ source, flags, files }) {
  const steps = await planCompile(source, [...flags, '-fcolor-diagnostics']);
  /** @type {Tree} */
  let tree = overlayTree(files);
  let warnings = '';
  for (const step of steps) {
    const { output, text } = await runTool(step, tree);
    tree = { ...tree, ...output };
    warnings += text;
  }
  return { object: bytesAt(tree, OBJECT), warnings };
}

/** Link with wasm-ld.
 *  @param {string[]} args  @param {Tree} tree
 *  @returns {Promise<{ wasm: Uint8Array, map: string, warnings: string }>} */
export async function link(args, tree) {
  const { output, text } = await runTool(['wasm-ld', ...args, '-o', 'out.wasm', '--Map=out.map'], tree);
  const map = new TextDecoder().decode(bytesAt(output, 'out.map'));
  return { wasm: bytesAt(output, 'out.wasm'), map, warnings: text };
}

/** Make an archive with a symbol index.
 *  @param {Record<string, Uint8Array>} members */
export async function archive(members) {
  const { output } = await runTool(['ar', 'rcsD', 'out.a', ...Object.keys(members)], members);
  return bytesAt(output, 'out.a');
}

const OBJECT = 'out.o';
const PLACEHOLDER = 'bide-input';

/** The commands that clang's driver would run for `source`. The driver wants to see the file, but knows no overlay.
 *  So it is asked about an empty file of another name.
 *  @param {string} source  @param {string[]} flags */
async function planCompile(source, flags) {
  const placeholder = PLACEHOLDER + extension(source);
  const request = ['clang', '-###', ...flags, '-c', placeholder, '-o', OBJECT];
  const key = request.join('\0');
  if (!plans.has(key)) {
    const { text } = await runTool(request, { [placeholder]: '' });
    plans.set(key, parsePlan(text));
  }
  return (plans.get(key) ?? []).map((step) => adaptStep(step, placeholder, source));
}

/** Each command is on a line of its own, with its arguments in quotes.
 *  @param {string} text */
function parsePlan(text) {
  const lines = text.split('\n').filter((line) => line.startsWith(' "'));
  return lines.map((line) => {
    const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1].replace(/\\(.)/g, '$1'));
    return words[0] === '' ? words.slice(1) : words;
  });
}

/** Put the user's name back, and tell the front end of the overlay.
 *  @param {string[]} step  @param {string} placeholder  @param {string} source */
function adaptStep(step, placeholder, source) {
  const named = step.map((word, i) => {
    if (word !== placeholder) return word.replace(/^(-f(?:debug|coverage)-compilation-dir=).*/, `$1${process.cwd()}`);
    return step[i - 1] === '-main-file-name' ? source.replace(/^.*\//, '') : source;
  });
  if (!named.includes('-cc1')) return named;
  const output = named.indexOf('-o') + 1;
  if (!named[output].startsWith('/')) named[output] = `/${named[output]}`;   // -working-directory would put it elsewhere
  return [...named, '-ivfsoverlay', '/overlay.json', '-working-directory', process.cwd()];
}

/** @param {Map<string, Buffer>} files  @returns {Tree} */
function overlayTree(files) {
  /** @type {Tree} */
  const contents = {};
  const roots = [...files].map(([path, data], i) => {
    contents[i] = data;
    return { name: resolve(path), type: 'file', 'external-contents': `/files/${i}` };
  });
  const overlay = { version: 0, 'use-external-names': false, 'case-sensitive': true, roots };
  return { 'overlay.json': JSON.stringify(overlay), files: contents };
}

/** Run one tool of LLVM. If it fails, what it printed is the message of the error.
 *  @param {string[]} args  @param {Tree} tree
 *  @returns {Promise<{ output: Tree, text: string }>} */
async function runTool(args, tree) {
  const { runLLVM, Exit } = await loadClang();
  if (!quiet) say(`bide: ${args.join(' ')}\n`);
  const printed = collector();
  try {
    const output = await runLLVM(args, tree, { stdout: printed.add, stderr: printed.add, decodeASCII: false });
    return { output: /** @type {Tree} */ (output), text: printed.text() };
  } catch (error) {
    if (error instanceof Exit) throw new BuildError(printed.text());
    throw new BuildError(`${printed.text()}bide: ${args[0]} ended abnormally: ${error}\n`);
  }
}

function collector() {
  /** @type {Buffer[]} */
  const pieces = [];
  return {
    /** @param {Uint8Array | null} bytes  a view of memory that LLVM uses again */
    add: (bytes) => { if (bytes) pieces.push(Buffer.from(bytes)); },
    text: () => Buffer.concat(pieces).toString('utf8'),
  };
}

/** @param {Tree} tree  @param {string} name */
function bytesAt(tree, name) {
  const data = tree[name];
  if (!(data instanceof Uint8Array)) throw new BuildError(`bide: the tool chain made no ${name}\n`);
  return data;
}

/** @param {string} path */
function extension(path) {
  return /\.[^./]*$/.exec(path)?.[0] ?? '';
}
