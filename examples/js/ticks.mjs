// node ticks.mjs FOLDER: loops over the generators of ticks.c, which bide build has put there, and gives it one of its own.

import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const app = await load();
const { ticks, beats, powers, sum } = app.exports;

for await (const tick of ticks(0.1, 3)) console.log('tick', tick);

// A break ends the C function, and waits for its clean-up.
for await (const beat of beats(0.1)) {
  console.log('beat', beat);
  if (beat === 2) break;
}

console.log(...powers(5));

async function* halves() {
  yield 0.5;
  yield 0.25;
}
console.log(await sum([1, 2, 3]), await sum(halves()), await sum(ticks(0.1, 4)));
