// Engines that run a script and end: Node, Deno, Bun.

import { join } from 'node:path';
import { runProcess } from '../support/process.js';
import { EXPECTED, script, writeIn } from './project.js';

/** @typedef {import('./project.js').Subject} Subject
 *  @typedef {import('./matrix.js').Way} Way */

const WORKER = "import { parentPort } from 'node:worker_threads';\n";

/** The scripts of each way; the first of them is run. @type {Record<string, (subject: Subject) => Record<string, string>>} */
const SCRIPTS = {
  import: (subject) => ({ [`${subject}-import.mjs`]: script(subject, 'console.log') }),
  require: (subject) => ({ [`${subject}-require.cjs`]: script(subject, 'console.log', { way: 'require' }) }),
  Worker: (subject) => ({
    [`${subject}-worker.mjs`]: `import { Worker } from 'node:worker_threads';
new Worker(new URL('./${subject}-in-worker.mjs', import.meta.url)).on('message', (text) => console.log(text));\n`,
    [`${subject}-in-worker.mjs`]: script(subject, '(text) => parentPort.postMessage(text)', { head: WORKER }),
  }),
};

/** @param {() => string[]} command  that a script's path is added to  @param {Record<string, string>} [env]  @returns {Way[]} */
export function processWays(command, env = {}) {
  return Object.entries(SCRIPTS).flatMap(([name, scripts]) => /** @type {Subject[]} */ (['package', 'app.mjs']).map((subject) => ({
    name,
    subject,
    async check(dir) {
      const files = scripts(subject), [path, ...args] = command();
      for (const [file, text] of Object.entries(files)) writeIn(dir, file, text);
      const { code, stdout, stderr } = await runProcess(path, [...args, join(dir, Object.keys(files)[0])], { cwd: dir, env: { NODE_OPTIONS: '', ...env } });
      if (code !== 0 || stdout !== `${EXPECTED}\n`) throw new Error(`${name} ended with ${code}: ${stdout}${stderr}`);
    },
  })));
}
