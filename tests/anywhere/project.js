// A project that has the package installed, and the folder that `bide build` makes of program.c.
//
//   node_modules/bide     as npm packs it
//   app/                  app.wasm, app.mjs and its types
//   NAME                  scripts that the tools are given, each with check() in it

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installPackage } from '../support/package.js';
import { root } from '../support/paths.js';
import { mustRun } from '../support/process.js';

/** What check() gives. */
export const EXPECTED = 'Hello! 3 7 7 6 stop 0 EXIT a file';

/** Starts the program by `start`, and tries what it does. It stands in scripts that import nothing else. */
const CHECK = `const check = async (start) => {
  let out = '';
  const app = await start({ stdout: (chunk) => { out += chunk; }, files: { '/in.txt': 'a file' } });
  const sums = await Promise.all([app.exports.add(1, 2), app.exports.add(3, 4)]);
  const length = await app.exports.length('gr\\u00fc\\u00dfe');
  const copied = await app.exports.copy('in.txt', '/copy.txt');
  const controller = new AbortController(), held = app.call('wait_forever', [], { signal: controller.signal });
  setTimeout(() => controller.abort('stop'), 1);
  const reason = await held.catch((error) => error), code = await app.run();
  await app.close();
  const after = await app.exports.add(1, 2).catch((error) => error.code);
  const copy = new TextDecoder().decode(await app.readFile('/copy.txt'));
  return [out.trim(), ...sums, length, copied, reason, code, after, copy].join(' ');
};
`;

/** @typedef {'package' | 'app.mjs'} Subject  what a tool takes */

/** How ES modules and CommonJS get `start`, beside app.mjs's folder. @type {Record<Subject, { import: string, require: string }>} */
const STARTS = {
  package: {
    import: "import { load } from 'bide';\nconst start = (options) => load(new URL('./app/app.wasm', import.meta.url), options);\n",
    require: "const start = (options) => require('bide').load(require('node:path').join(__dirname, 'app/app.wasm'), options);\n",
  },
  'app.mjs': {
    import: "import { load as start } from './app/app.mjs';\n",
    require: "const start = require('./app/app.mjs').load;\n",
  },
};

/** @param {string} dir  of the project */
export async function makeProject(dir) {
  await installPackage(dir);
  await mustRun(process.execPath, ['js/cli/main.js', 'build', 'tests/anywhere/program.c', '-o', join(dir, 'app')], { cwd: root });
  writeIn(dir, 'package.json', '{ "private": true }\n');
}

/** @param {string} dir  @param {string} name  @param {string} text */
export function writeIn(dir, name, text) {
  const path = join(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A script that checks a subject and then tells what came out.
 *  @param {Subject} subject  @param {string} tell  an expression: a function of the text
 *  @param {{ way?: 'import' | 'require', head?: string, start?: string }} [how]  head: further lines, the imports first */
export function script(subject, tell, { way = 'import', head = '', start = STARTS[subject][way] } = {}) {
  return `${head}${start}${CHECK}check(start).then(${tell}, (error) => (${tell})(String(error?.stack ?? error)));\n`;
}

/** A module that gives check(), for tools whose scripts answer requests.
 *  @param {string} text  its own lines */
export const withCheck = (text) => `${text}${CHECK}`;
