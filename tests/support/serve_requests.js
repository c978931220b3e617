// The serving side of server.js: answers each line of stdin with a line on stdout.

import { createInterface } from 'node:readline';

/** @param {(request: import('./server.js').Request) => Promise<import('./process.js').Outcome>} run */
export async function serveRequests(run) {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
  }
}
