// The package as people get it: packed by npm, and unpacked into a project.

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.js';
import { mustRun } from './process.js';

/** @param {string} project  a folder  @returns {Promise<string>} the folder of the package in its node_modules */
export async function installPackage(project) {
  const installed = join(project, 'node_modules/bide');
  mkdirSync(installed, { recursive: true });
  await mustRun('npm', ['pack', '--ignore-scripts', '--pack-destination', project], { cwd: root });
  const archives = readdirSync(project).filter((name) => name.endsWith('.tgz')).map((name) => join(project, name));
  await mustRun('tar', ['-xzf', archives[0], '-C', installed, '--strip-components=1']);
  for (const archive of archives) rmSync(archive);
  return installed;
}
