// Rows of how long `bide run` of hello takes on the virtual clock: as the first command after the installation, and
// when nothing has changed.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.js';
import { HELLO, here } from './programs.js';
import { GOALS, row } from './rows.js';

const COLD = 2, WARM = 5;

/** @returns {Promise<import('./rows.js').Row[]>} */
export async function startupRows() {
  const host = `js, Node ${process.versions.node.split('.')[0]}`;
  const cold = [], warm = [], bare = [];
  for (let i = 0; i < COLD; i++) {
    const cache = mkdtempSync(join(tmpdir(), 'bide-bench-'));
    try {
      cold.push(await runHello(cache));
      for (let j = 0; j < WARM; j++) {
        warm.push(await runHello(cache));
        bare.push(await seconds(() => command(process.execPath, ['-e', ''])));
      }
    } finally {
      rmSync(cache, { recursive: true });
    }
  }
  const peer = 'node -e ""', peerValue = Math.min(...bare);
  return [
    row('bide run hello, nothing changed', host, Math.min(...warm), 's', { peer, peerValue, goal: GOALS.runWarm }),
    row('bide run hello, empty cache', host, Math.min(...cold), 's', { peer, peerValue, goal: GOALS.runCold }),
  ];
}

/** The runtime library is there, as npm leaves it. Only programs are cached in `cache`.
 *  @param {string} cache */
async function runHello(cache) {
  const link = here('../node_modules/.bin/bide');
  const path = existsSync(link) ? link : here('../js/cli/main.js');
  return seconds(async () => {
    const said = await command(path, ['run', '--virtual-time', HELLO], { env: { BIDE_CACHE: cache } });
    if (said !== 'Hello!\n') throw new Error(`hello printed ${JSON.stringify(said)}`);
  });
}

/** @param {() => Promise<unknown>} work */
async function seconds(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1e3;
}
