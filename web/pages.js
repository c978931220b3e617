// What the site consists of.

import { fileURLToPath } from 'node:url';
import { appsDir } from './build.js';

/** @type {import('./site.js').Mounts} */
export const mounts = {
  '/': fileURLToPath(new URL('pages', import.meta.url)),
  '/apps/': appsDir,
};
