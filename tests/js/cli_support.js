// Runs the command `bide` in a folder of its own.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command's script. */
export const COMMAND = fileURLToPath(new URL('../../js/cli/main.js', import.meta.url));

/** @param {import('node:test').TestContext | typeof import('node:test')} t
 *  @param {Record<string, string>} files  contents by path */
export function workspace(t, files) {
  const dir = mkdtempSync(join(tmpdir(), 'bide-test-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return {
    dir,
    /** @param {string[]} args  @param {{ input?: string, env?: Record<string, string> }} [options] */
    bide(args, { input = '', env = {} } = {}) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd: dir, input, encoding: 'utf8', env: { ...process.env, ...env } });
      return { status, stdout, stderr };
    },
  };
}
