// `bide doctor`: which tools are found, which of them bide uses, and which are missing.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { planLibrary } from './library.js';
import { cacheDir, findPackage, installedVersion, makeWritable, packageDir, packageVersion } from './paths.js';
import { answer } from './print.js';
import { findOnPath } from './run_wasi.js';

const run = promisify(execFile);

/** @typedef {{ name: string, found?: string, use: string, install: string, required?: boolean }} Row */

/** The programs that bide can use, with their names on PATH. */
const PROGRAMS = [
  { name: 'wasmtime', names: ['wasmtime'], use: '--target wasi', install: 'cargo install wasmtime-cli --locked' },
  { name: 'wazero', names: ['wazero'], use: '--engine wazero', install: 'go install github.com/tetratelabs/wazero/cmd/wazero@latest', version: ['version'] },
  { name: 'native C compiler', names: ['cc', 'clang', 'gcc'], use: 'native tests with sanitizers', install: 'apt-get install gcc' },
  { name: 'clang', names: ['clang-19', 'clang'], use: 'optional, beside the one from npm', install: 'apt-get install clang' },
  { name: 'deno', names: ['deno'], use: 'runs what bide build makes', install: 'npm install deno' },
  { name: 'bun', names: ['bun'], use: 'runs what bide build makes', install: 'npm install bun' },
  { name: 'workerd', names: ['workerd'], use: 'runs what bide build makes', install: 'npm install workerd' },
  { name: 'Chromium', names: ['chromium', 'chromium-browser', 'google-chrome'], use: 'browser tests', install: 'apt-get install chromium' },
  { name: 'Firefox', names: ['firefox', 'firefox-esr'], use: 'browser tests', install: 'apt-get install firefox-esr' },
];

/** @returns {Promise<number>} 0 if bide run works here */
export async function doctor() {
  const rows = [...ownRows(), ...await Promise.all(PROGRAMS.map(programRow)), ...placeRows()];
  const width = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map((row) => line(row, width));
  const ok = rows.every((row) => row.found || !row.required);
  answer([`bide ${packageVersion()} in ${packageDir}`, ...lines, '', ...verdict(ok), ''].join('\n'));
  return ok ? 0 : 1;
}

/** @returns {Row[]} what every run needs */
function ownRows() {
  const major = Number(process.versions.node.split('.')[0]);
  const found = major >= 20 ? `${process.version}, ${process.execPath}` : undefined;
  const node = { name: 'Node', found, use: '--target js', install: 'Node 20 or newer', required: true };
  return [node, ...[
    ['@yowasp/clang', 'compiles and links', true],
    ['binaryen', 'makes C functions able to suspend', true],
    ['esbuild', 'bide build --target js', false],
  ].map(([name, use, required]) => packageRow(String(name), String(use), Boolean(required)))];
}

/** @param {string} name  @param {string} use  @param {boolean} required  @returns {Row} */
function packageRow(name, use, required) {
  const version = installedVersion(name);
  return { name, found: version && `${version}, ${findPackage(name)}`, use, install: 'npm install', required };
}

/** @param {typeof PROGRAMS[number]} program  @returns {Promise<Row>} */
async function programRow({ name, names, use, install, version = ['--version'] }) {
  const path = names.map((candidate) => findOnPath(candidate)).find(Boolean);
  return { name, found: path && `${await firstLine(path, version)}, ${path}`, use, install };
}

/** @param {string} path  @param {string[]} args  @returns {Promise<string>} */
async function firstLine(path, args) {
  try {
    const { stdout } = await run(path, args, { timeout: 10_000 });
    return stdout.trim().split('\n')[0] || 'no version';
  } catch {
    return `does not answer ${args.join(' ')}`;
  }
}

/** @returns {Row[]} the places of what bide makes */
function placeRows() {
  const cache = cacheDir();
  const found = makeWritable(cache) ? `${cache}, writable` : undefined;
  const rows = [{ name: 'cache', found, use: 'objects and modules', install: 'set BIDE_CACHE to a folder that can be written', required: true }];
  for (const target of /** @type {const} */ (['js', 'wasi'])) {
    const { dir } = planLibrary(target);
    const state = existsSync(dir) ? 'made' : 'made at the first run';
    rows.push({ name: `library, ${target}`, found: `${state}, ${dir}`, use: 'the C runtime', install: 'bide run makes it', required: false });
  }
  return rows;
}

/** @param {Row} row  @param {number} width */
function line({ name, found, use, install, required }, width) {
  const label = name.padEnd(width);
  if (found) return `  ok       ${label}  ${found} (${use})`;
  return `  ${required ? 'MISSING' : 'missing'}  ${label}  (${use}) to install: ${install}`;
}

/** @param {boolean} ok */
function verdict(ok) {
  if (!ok) return ['bide run does not work here: install what is MISSING.'];
  const engine = findOnPath('wasmtime') ?? "Node's own (node:wasi)";
  return [`bide run uses this Node; bide run --target wasi uses ${engine}.`];
}
