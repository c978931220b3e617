// `./build.sh demo`: some of the examples, run one after the other by the command a user types.

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const command = join(here, '../js/cli/main.js');

const SHOWN = [
  ['countasync', 'three tasks at once'],
  ['say_after', 'in sequence, then at the same time'],
  ['eternity', 'a timeout'],
  ['cancel_me', 'a cancellation'],
  ['shield', 'a shield'],
];

for (const [name, title] of SHOWN) {
  process.stdout.write(`\n--- ${title}: bide run examples/${name}.c\n`);
  const { status } = spawnSync(process.execPath, [command, 'run', join(here, `${name}.c`)], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
