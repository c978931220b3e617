// The package as people get it: packed by npm, and installed into a project.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.js';
import { mustRun } from './process.js';

/** @param {string} name  @returns {any} */
const readJson = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));

/** @param {string} to  a folder  @returns {Promise<string>} the archive's file */
async function pack(to) {
  const { stdout } = await mustRun('npm', ['pack', '--ignore-scripts', '--pack-destination', to], { cwd: root });
  return join(to, stdout.trim());
}

/** Unpack it. @param {string} project  a folder  @returns {Promise<string>} the folder of the package in its node_modules */
export async function installPackage(project) {
  const installed = join(project, 'node_modules/bide'), archive = await pack(project);
  mkdirSync(installed, { recursive: true });
  await mustRun('tar', ['-xzf', archive, '-C', installed, '--strip-components=1']);
  rmSync(archive);
  return installed;
}

/** Let npm install it. What it depends on is taken from here, since there may be no network.
 *  @param {string} project  a folder  @returns {Promise<{ installed: string, stderr: string }>} */
export async function installByNpm(project) {
  const archive = await pack(project), { dependencies } = readJson('package.json');
  const overrides = Object.fromEntries(Object.keys(dependencies).map((name) => [name, `file:${join(root, 'node_modules', name)}`]));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, overrides }));
  const { stderr } = await mustRun('npm', ['install', '--offline', '--no-audit', '--no-fund', '--no-update-notifier', archive], { cwd: project });
  return { installed: join(project, 'node_modules/bide'), stderr };
}
