// The compiler, assembler, archiver and linker of @yowasp/clang: LLVM as WebAssembly, run in this process.
//
// LLVM sees a tree of files that it is given, and, when it compiles, the disk.

import { OWN_ROOT, seeingDisk } from './clang_files.js';
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
 *  @param {{ source: string, flags: string[] }} job  source as the user typed it
 *  @param {import('./clang_files.js').Look} look  answers what is on the disk
 *  @returns {Promise<{ object: Uint8Array, warnings: string }>} */
export async function compile({ source, flags }, look) {
  const steps = await planCompile(source, [...flags, '-fcolor-diagnostics']);
  const llvm = await loadClang();
  /** @type {Tree} */
  let tree = {};
  let warnings = '';
  for (const step of steps) {
    const { output, text } = await inTurn(() => seeingDisk(look, (also) => runLoaded(llvm, step, { ...tree, ...also })));
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

/** The commands that clang's driver would run for `source`. They are the same for many sources, so it is asked about an
 *  empty file of another name.
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

/** Options whose value is a folder of the tool chain's own. */
const OWN_FOLDERS = ['-resource-dir', '-isysroot', '-internal-isystem', '-internal-externc-isystem'];

/** Put the user's name back, and tell the front end where it works and where the tool chain's own folders are.
 *  @param {string[]} step  @param {string} placeholder  @param {string} source */
function adaptStep(step, placeholder, source) {
  const adapted = step.map((word, i) => {
    if (OWN_FOLDERS.includes(step[i - 1])) return OWN_ROOT + word;
    if (word !== placeholder) return word.replace(/^(-f(?:debug|coverage)-compilation-dir=).*/, `$1${process.cwd()}`);
    return step[i - 1] === '-main-file-name' ? source.replace(/^.*\//, '') : source;
  });
  if (!adapted.includes('-cc1')) return adapted;
  const output = adapted.indexOf('-o') + 1;
  if (!adapted[output].startsWith('/')) adapted[output] = `/${adapted[output]}`;   // -working-directory would put it elsewhere
  return [...adapted, '-working-directory', process.cwd()];
}

/** Run one tool of LLVM. If it fails, what it printed is the message of the error.
 *  @param {string[]} args  @param {Tree} tree
 *  @returns {Promise<{ output: Tree, text: string }>} */
async function runTool(args, tree) {
  const llvm = await loadClang();
  return inTurn(() => runLoaded(llvm, args, tree));
}

/** The run that was started last. @type {Promise<unknown>} */
let last = Promise.resolve();

/** Start a run when the one before has ended: each sees files of its own.
 *  @template T  @param {() => Promise<T>} start  @returns {Promise<T>} */
function inTurn(start) {
  const run = last.then(start);
  last = run.catch(() => {});    // whoever has asked for it learns that it failed
  return run;
}

/** @param {Awaited<ReturnType<typeof loadClang>>} llvm  @param {string[]} args  @param {Tree} tree
 *  @returns {Promise<{ output: Tree, text: string }>} */
async function runLoaded({ runLLVM, Exit }, args, tree) {
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
