// Measures what C and JavaScript pass to each other, inside one Node process, in turn with what JavaScript does alone.
//
//   node in_border.js FILE MEASURE COUNT ROUNDS [VAL]     FILE: the module of c/border.c; VAL: that of peers/val.cpp
//
// Prints as JSON the least ns for each of COUNT, { bide, peer }. Of `trips`, how much the memory has grown, and how many handles are left.

import { readFileSync } from 'node:fs';
import { load } from '../js/index.js';
import { Slots } from '../js/runtime/slots.js';

/** @typedef {import('../js/index.js').App} App
 *  @typedef {(count: number) => unknown} Work */

const [file, name, count, rounds, val] = process.argv.slice(2);
const handles = name === 'trips' ? countHandles() : () => 0;
const app = await load(await WebAssembly.compile(readFileSync(file)));
const { exports } = app, add = async (/** @type {number} */ a, /** @type {number} */ b) => a + b, plus = (/** @type {number} */ a, /** @type {number} */ b) => a + b;
const raw = /** @type {(a: number, b: number) => number} */ (app.instance.exports.raw_add);
const text = 'a text of English words. '.repeat(40_000), room = new Uint8Array(text.length);
const resolved = () => Promise.resolve(1);
const embind = val && await (await import(val)).default();

/** Each is entered with other functions than its peer, so that the engine can make both fast. @type {Record<string, { bide: Work, peer?: Work }>} */
const MEASURES = {
  typed: {
    async bide(n) { for (let i = 0; i < n; i++) await exports.add_later(i, 2); },
    async peer(n) { for (let i = 0; i < n; i++) await add(i, 2); },
  },
  sync: {
    bide(n) { for (let i = 0; i < n; i++) exports.add(i, 2); },
    peer(n) { for (let i = 0; i < n; i++) raw(i, 2); },
  },
  text: {
    bide(n) { for (let i = 0; i < n; i++) exports.same_text(text); },
    peer(n) { for (let i = 0; i < n; i++) new TextDecoder().decode(room.subarray(0, new TextEncoder().encodeInto(text, room).written)); },
  },
  item: {
    async bide(n) { for await (const _ of exports.items(n)); },
    async peer(n) { for await (const _ of itemsOf(n)); },
  },
  call: {
    bide(n) { exports.call(plus, n); },
    ...(embind && { peer(n) { embind.call(plus, n); } }),
  },
};

/** @param {number} n */
async function* itemsOf(n) {
  for (let i = 0; i < n; i++) yield i;
}

/** One kind of what goes there and back after the other. @type {Work[]} */
const TRIPS = [
  MEASURES.typed.bide, MEASURES.sync.bide, MEASURES.item.bide, MEASURES.call.bide,
  (n) => { for (let i = 0; i < n; i++) exports.same_text('a short text'); },
  (n) => { for (let i = 0; i < n; i++) exports.same(exports); },
  (n) => exports.wait(resolved, n),
];

/** Numbers by which C knows something of JavaScript. */
function countHandles() {
  const { add: adds, take: takes } = Slots.prototype;
  let live = 0;
  Slots.prototype.add = function (/** @type {any} */ value) { return live++, adds.call(this, value); };
  Slots.prototype.take = function (/** @type {number} */ number) {
    const value = takes.call(this, number);
    if (value !== undefined) live--;
    return value;
  };
  return () => live;
}

async function measureTrips() {
  for (const trip of TRIPS) await trip(1000);
  const before = { bytes: app.memory.buffer.byteLength, handles: handles() };
  for (const trip of TRIPS) await trip(Number(count));
  return { bytes: app.memory.buffer.byteLength - before.bytes, handles: handles() - before.handles };
}

async function measureTimes() {
  /** @type {Record<string, number>} */
  const least = {};
  for (let round = 0; round < Number(rounds); round++) {
    for (const [who, work] of Object.entries(MEASURES[name])) {
      const start = performance.now();
      await work(Number(count));
      least[who] = Math.min(least[who] ?? Infinity, (performance.now() - start) / Number(count) * 1e6);
    }
  }
  return least;
}

process.stdout.write(JSON.stringify(await (name === 'trips' ? measureTrips() : measureTimes())));
await app.close();
