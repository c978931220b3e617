// Every tool that the package and app.mjs are tried with, and the ways of each.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/paths.js';
import { findTool, versionOf } from '../support/tools.js';
import { browserWays } from './browsers.js';
import { bundlerWays } from './bundlers.js';
import { processWays } from './processes.js';
import { typescriptWays } from './typescript.js';
import { workerdWays } from './workerd.js';

/** @typedef {object} Way
 *  @property {string} name
 *  @property {import('./project.js').Subject} subject
 *  @property {(dir: string) => Promise<void>} check  of a project; throws if something is wrong
 *
 *  @typedef {object} Tool
 *  @property {string} name
 *  @property {import('../support/tools.js').Name[]} needs
 *  @property {() => string} version
 *  @property {Way[]} ways */

/** @param {import('../support/tools.js').Name} name */
const path = (name) => findTool(name).path ?? '';

/** Of a program. @param {import('../support/tools.js').Name} name */
const asked = (name) => versionOf(path(name)).replace(/^\D*/, '').replace(/ .*/, '');

/** Of an npm package. @param {string} name */
const installed = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/** @type {Tool[]} */
export const MATRIX = [
  { name: 'Node 20', needs: ['node20'], version: () => asked('node20'), ways: processWays(() => [path('node20')]) },
  { name: 'Node 26', needs: ['node26'], version: () => asked('node26'), ways: processWays(() => [path('node26')]) },
  { name: 'Deno', needs: ['deno'], version: () => asked('deno'), ways: processWays(() => [path('deno'), 'run', '-A', '--cached-only'], { DENO_NO_UPDATE_CHECK: '1' }) },
  { name: 'Bun', needs: ['bun'], version: () => asked('bun'), ways: processWays(() => [path('bun')]) },
  { name: 'workerd', needs: ['workerd'], version: () => asked('workerd'), ways: workerdWays() },
  { name: 'Chromium', needs: ['chromium'], version: () => asked('chromium'), ways: browserWays('chromium') },
  { name: 'Firefox', needs: ['firefox'], version: () => asked('firefox'), ways: browserWays('firefox') },
  ...['esbuild', 'Vite', 'webpack'].map((name) => (
    { name, needs: /** @type {import('../support/tools.js').Name[]} */ (['chromium']), version: () => installed(name.toLowerCase()), ways: bundlerWays(name) })),
  { name: 'TypeScript, `strict`', needs: [], version: () => installed('typescript'), ways: typescriptWays() },
];
