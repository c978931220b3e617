// node memory.mjs FOLDER: hands memory to memory.c, which bide build has put there.

import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const app = await load();
const { count, mean, halve } = app.exports;

// Copies, for one call.
const numbers = Float64Array.of(1, 2, 6);
console.log(await count('banana', 'a'.charCodeAt()), await mean(new Uint8Array(numbers.buffer), 3));

// Memory that stays until it is given back.
const at = app.alloc(numbers.byteLength);
app.write(at, new Uint8Array(numbers.buffer));
await halve(at, 3);
console.log(new Float64Array(app.bytes(at, numbers.byteLength).slice().buffer));
app.free(at);

await app.close();
await mean(0, 0).catch((error) => console.log(error.code, error.message));
