// A button that C listens to, twice: one task counts clicks in a row, another hands each click on.

import { load } from './apps/events/app.mjs';
import { element, fail, setStatus } from './elements.js';
import { showSource } from './source.js';
import { Terminal } from './terminal.js';

const terminal = new Terminal(element('terminal'));
const button = element('button'), stop = element('stop');

try {
  const [app] = await Promise.all([load(), showSource(element('source'), 'apps/events/events.c')]);
  const controller = new AbortController();
  stop.onclick = () => controller.abort(new Error('the button was pressed'));
  const tasks = Promise.all([log(app, controller.signal), app.call('count_clicks', [button, element('shown')], { signal: controller.signal })]);
  button.disabled = stop.disabled = false;
  setStatus('C is listening');
  await tasks.catch((error) => setStatus(`C has stopped: ${error.message}`, { failed: error !== controller.signal.reason }));
  button.disabled = stop.disabled = true;
} catch (error) {
  fail(error);
}

/** Write a line for each click, until the signal is aborted.
 *  @param {any} app  @param {AbortSignal} signal */
async function log(app, signal) {
  for await (const { type, clientX, clientY } of app.call('events', [button, 'click'], { signal })) {
    terminal.write(`${type} at ${Math.round(clientX)}, ${Math.round(clientY)}\n`, 'host');
  }
}
