// node values.mjs FOLDER: passes values of all kinds to values.c, which bide build has put there.

import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const { kind, ends, count_up } = (await load()).exports;

for (const value of [undefined, 1.5, 7n, true, 'größer', new Uint8Array(3), [1, 2], () => {}]) console.log(kind(value));

console.log(ends([1, 2, 3]), ends([]));

const counter = { count: 1 };
count_up(counter);
console.log(counter.count);
