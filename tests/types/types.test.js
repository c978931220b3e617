// The types that the package ships accept what they should, and refuse the rest.

import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

it('load.ts compiles', { timeout: 120_000 }, () => {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const project = fileURLToPath(new URL('tsconfig.json', import.meta.url));
  execFileSync(process.execPath, [compiler, '-p', project], { stdio: ['ignore', 2, 2] });
});
