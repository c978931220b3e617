// Rows of what C and JavaScript pass to each other.

import { command } from './command.js';
import { here } from './programs.js';
import { GOALS, row } from './rows.js';

/** @typedef {import('./tools.js').Tools} Tools
 *  @typedef {import('./contenders.js').Modules} Modules
 *  @typedef {import('./rows.js').Row} Row */

/** How often, and in how many rounds. @type {Record<string, [count: string, rounds: string]>} */
const MEASURES = { typed: ['20000', '60'], sync: ['200000', '60'], text: ['20', '30'], item: ['10000', '60'], call: ['50000', '40'] };
const TRIPS = '1000000';

/** @param {Tools} tools  @param {Modules} modules  @returns {Promise<Row[]>} */
export async function borderRows({ node, olderNode }, modules) {
  return [...await nodeRows(node, modules, true), ...(olderNode ? await nodeRows(olderNode, modules, false) : [])];
}

/** Each measure has a process of its own, so that no other has taught the engine anything.
 *  @param {import('./tools.js').Tool} node  @param {Modules} modules  @param {boolean} judged  the goals are for the newer Node
 *  @returns {Promise<Row[]>} */
async function nodeRows(node, modules, judged) {
  const host = `js, ${node.name}`, goal = (/** @type {import('./rows.js').Goal} */ g) => (judged ? g : undefined);
  const measure = async (/** @type {string} */ name, /** @type {string[]} */ ...words) => (
    JSON.parse(await command(node.path, [here('in_border.js'), modules.border, name, ...words, ...(name === 'call' && modules.val ? [modules.val] : [])])));
  const beside = async (/** @type {string} */ name, /** @type {string} */ what, /** @type {string} */ peer, /** @type {import('./rows.js').Goal} */ g) => {
    const { bide, peer: peerValue } = await measure(name, ...MEASURES[name]);
    return row(what, host, bide, 'ns', peerValue === undefined ? {} : { peer, peerValue, goal: goal(g) });
  };
  const grown = await measure('trips', TRIPS, '1');
  return [
    await beside('typed', 'await of a typed function', 'JS await, async function', GOALS.typedToAsync),
    await beside('sync', 'a typed function, not awaited', 'the raw export of wasm', GOALS.syncToRaw),
    await beside('text', 'a text of 1 MB, in and out', 'encodeInto and decode', GOALS.textToCodec),
    await beside('item', 'an item of an async generator', 'JS async generator', GOALS.itemToNative),
    await beside('call', 'bide_js_call of a function of two numbers', 'embind\'s val', GOALS.callToVal),
    row('1,000,000 round trips of each kind: memory grows', host, grown.bytes, 'bytes', { goal: goal(GOALS.tripsMemory) }),
    row('1,000,000 round trips of each kind: handles stay', host, grown.handles, 'handles', { goal: goal(GOALS.tripsHandles) }),
  ];
}
