// Counters in C, each cancelled by its own button.

import { load } from './apps/cancel/app.mjs';
import { element, fail, setStatus } from './elements.js';
import { showSource } from './source.js';
import { Terminal } from './terminal.js';

/** @typedef {{ controller: AbortController, card: HTMLElement, count: HTMLElement, state: HTMLElement, button: HTMLButtonElement }} Counter */

const terminal = new Terminal(element('terminal'));
/** Those that have not ended, by the number that C knows them by. @type {Map<number, Counter>} */
const counters = new Map();
let last = 0;

try {
  const [app] = await Promise.all([
    load({ stdout: terminal.writer('out'), stderr: terminal.writer('err'), imports: { counted } }),
    showSource(element('source'), 'apps/cancel/cancel.c'),
  ]);
  element('start').onclick = () => start(app).catch(fail);
  element('start').disabled = false;
  element('cancel-all').onclick = () => counters.forEach(cancel);
  terminal.clear();
  start(app).catch(fail);
} catch (error) {
  fail(error);
}

/** What C calls on every count. @param {number} number  @param {number} count */
function counted(number, count) {
  const counter = counters.get(number);
  if (counter) counter.count.textContent = String(count);
}

/** One call of count(), from its start until the call has rejected.
 *  @param {any} app */
async function start(app) {
  const number = ++last;
  const counter = addCard(number);
  counters.set(number, counter);
  tellHowMany();
  try {
    await app.call('count', [number], { signal: counter.controller.signal });
  } catch (error) {
    if (!counter.controller.signal.aborted) throw error;
    terminal.write(`count(${number}) rejected: ${/** @type {Error} */ (error).message}\n`, 'host');
  } finally {
    counters.delete(number);
    counter.state.textContent = 'ended';
    counter.card.classList.add('ended');
    tellHowMany();
  }
}

/** @param {Counter} counter */
function cancel({ controller, button, state }) {
  if (controller.signal.aborted) return;
  button.disabled = true;
  state.textContent = 'cleaning up';
  controller.abort(new Error('the button was pressed'));
}

/** @param {number} number  @returns {Counter} */
function addCard(number) {
  const card = document.createElement('li');
  card.className = 'counter';
  const [name, count, state] = ['name', 'count', 'state'].map((className) => {
    const span = document.createElement('span');
    span.className = className;
    card.append(span);
    return span;
  });
  name.textContent = `counter ${number}`;
  count.textContent = '0';
  state.textContent = 'counting';
  const button = document.createElement('button');
  button.textContent = 'Cancel';
  card.append(button);
  element('counters').append(card);
  const counter = { controller: new AbortController(), card, count, state, button };
  button.onclick = () => cancel(counter);
  return counter;
}

function tellHowMany() {
  const running = counters.size;
  setStatus(`${running} ${running === 1 ? 'task' : 'tasks'} in flight`);
  element('cancel-all').disabled = running === 0;
}
