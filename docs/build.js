// `./build.sh docs`: the reference as pages under build/docs, and docs/asyncio.md.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeSite } from './reference/site.js';
import { writePages } from './reference/write.js';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));

if (process.argv.length > 2) {
  console.error('build.sh docs: takes no arguments');
  process.exit(2);
}

/** Mistakes in the sources are for people to read, so no stack is printed. */
function build() {
  try {
    return makeSite();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

const site = build();
writePages(site, path('../build/docs'));
writeFileSync(path('asyncio.md'), site.markdown);
console.log('build/docs/index.html: the reference\ndocs/asyncio.md: the table of asyncio\'s names');
