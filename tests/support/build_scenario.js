// `./build.sh scenario`: tests/c/scenario.c for this machine, with sanitizers, at build/native/scenario; prints that path.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildNative } from './native.js';
import { root } from './paths.js';
import { program } from './program.js';
import { findTool } from './tools.js';

const { path: compiler, reason } = findTool('native');
if (!compiler) {
  console.error(`build.sh: ${reason}`);
  process.exit(1);
}
const to = join(root, 'build/native/scenario');
mkdirSync(join(root, 'build/native'), { recursive: true });
copyFileSync(await buildNative(program(join(root, 'tests/c/scenario.c'))), to);
console.log(relative(root, to));
