// Puts the reference into a folder.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {import('./site.js').Site} site  @param {string} dir  is emptied first */
export function writePages({ pages }, dir) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  for (const [file, text] of Object.entries(pages)) writeFileSync(join(dir, file), text);
}
