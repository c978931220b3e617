// A thousand C tasks race; the page draws them from the memory that it shares with C.

import { load } from './apps/race/app.mjs';
import { element, fail, setStatus } from './elements.js';
import { Frames } from './frames.js';
import { showSource } from './source.js';
import { Track } from './track.js';

/** Where in C's struct track each number lies; the steps of the runners follow. */
const RUNNERS = 0, STEPS = 1, FINISHED = 2, WINNER = 3, WAKEUPS = 4, NUMBERS = 5;

const start = element('start');
const stop = element('stop');

try {
  const [app] = await Promise.all([load(), showSource(element('source'), 'apps/race/race.c')]);
  await show(app);
} catch (error) {
  fail(error);
}

/** @param {any} app */
async function show(app) {
  const address = await app.exports.where();
  const track = new Track(element('track'));
  const frames = new Frames(() => paint(track, readTrack(app.memory, address), frames));
  start.onclick = () => race(app, frames).catch(fail);
  start.disabled = false;
  setStatus('ready');
}

/** struct track of race.c. The views are made anew each time, since old ones are empty after the memory has grown.
 *  @param {WebAssembly.Memory} memory  @param {number} address */
function readTrack({ buffer }, address) {
  const numbers = new Int32Array(buffer, address, NUMBERS);
  return {
    taken: new Int32Array(buffer, address + numbers.byteLength, numbers[RUNNERS]),
    steps: numbers[STEPS],
    finished: numbers[FINISHED],
    winner: numbers[FINISHED] > 0 ? numbers[WINNER] : -1,
    wakeups: numbers[WAKEUPS],
  };
}

/** @param {Track} track  @param {ReturnType<typeof readTrack>} race  @param {Frames} frames */
function paint(track, race, frames) {
  track.draw(race);
  element('frames').textContent = frames.count.toLocaleString('en');
  element('rate').textContent = frames.rate ?? '–';
  element('longest').textContent = frames.longest ? `${Math.round(frames.longest)} ms` : '–';
  element('wakeups').textContent = race.wakeups.toLocaleString('en');
  element('finished').textContent = race.finished.toLocaleString('en');
}

/** One call of race(), to its end or to the Stop button.
 *  @param {any} app  @param {Frames} frames */
async function race(app, frames) {
  const controller = new AbortController();
  stop.onclick = () => controller.abort();
  setRunning(true);
  setStatus('running');
  frames.watch();
  const began = performance.now();
  try {
    const seed = Math.floor(2 ** 31 * Math.random());
    const winner = await app.call('race', [seed], { signal: controller.signal });
    setStatus(`all there after ${((performance.now() - began) / 1e3).toFixed(1)} s; lane ${winner + 1} won`);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    setStatus('stopped');
  } finally {
    setRunning(false);
  }
}

/** @param {boolean} running */
function setRunning(running) {
  start.disabled = running;
  stop.disabled = !running;
}
