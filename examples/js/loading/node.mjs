// Node, Deno and Bun. Stands beside the app.mjs that bide build has made of greet.c.

import load from './app.mjs';

const app = await load();
console.log(await app.exports.greet('Ada'));
