// node snippets.mjs FOLDER: calls snippets.c, which bide build has put there.

import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const app = await load();

console.log(await app.exports.bill(1234.5));
