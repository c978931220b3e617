// node greet.mjs FOLDER: calls greet.c, which bide build has put there.

import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const app = await load();

console.log(await app.exports.greet('Ada'));
console.log(app.exports.area(2, 3));

// Wrong arguments are refused before C runs.
await app.exports.greet(3).catch((error) => console.log(`${error.name}: ${error.message}`));
