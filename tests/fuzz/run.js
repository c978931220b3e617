// `./build.sh fuzz [SECONDS]`: look for programs that break the core.

import { spawn } from 'node:child_process';
import { relative } from 'node:path';
import { root } from '../support/paths.js';
import { buildTarget, fuzzDir } from './build.js';
import { fuzzArguments } from './fuzz.js';

const DEFAULT_SECONDS = 60;

/** @param {string[]} args  @returns {number} */
function secondsOf([text = String(DEFAULT_SECONDS), ...more]) {
  const seconds = Number(text);
  if (more.length === 0 && Number.isInteger(seconds) && seconds > 0) return seconds;
  console.error('usage: ./build.sh fuzz [SECONDS]');
  process.exit(2);
}

const seconds = secondsOf(process.argv.slice(2));
const target = await buildTarget().catch((/** @type {Error} */ error) => {
  console.error(`build.sh: ${error.message}`);
  process.exit(1);
});
const child = spawn(target, fuzzArguments(seconds), { cwd: root, stdio: 'inherit' });
child.once('exit', (code) => {
  if (code === 0) console.log(`fuzzed for ${seconds} s; what reaches new places is in ${relative(root, fuzzDir())}/corpus`);
  else console.log(`the input that fails is in ${relative(root, fuzzDir())}; BIDE_FUZZ_TRACE=1 ${relative(root, target)} FILE shows its program and trace`);
  process.exit(code === 0 ? 0 : 1);
});
