// A page that runs a program of examples/ as it stands: its main, in real time.

import { element, fail, setStatus } from './elements.js';
import { showSource } from './source.js';
import { Terminal } from './terminal.js';

const name = document.querySelector('main')?.dataset.program ?? '';
const terminal = new Terminal(element('terminal'));
const interrupt = element('interrupt');
/** The buttons that run the program, each with its arguments. */
const runners = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('button[data-args]')]);

try {
  const [{ load }] = await Promise.all([import(`./apps/${name}/app.mjs`), showSource(element('source'), `apps/${name}/${name}.c`)]);
  for (const button of runners) button.onclick = () => run(load, argumentsOf(button)).catch(fail);
  await run(load, []);
} catch (error) {
  fail(error);
}

/** @param {HTMLButtonElement} button  @returns {string[]} */
function argumentsOf({ dataset: { args } }) {
  return args === '--random' ? ['--random', String(Math.floor(1e6 * Math.random()))] : [];
}

/** One run is one instance, from the start of main to its exit code.
 *  @param {(options: object) => Promise<any>} load  @param {string[]} args */
async function run(load, args) {
  setRunning(true);
  terminal.clear();
  terminal.write(`$ ${[name, ...args].join(' ')}\n`, 'host');
  setStatus('running');
  const clock = setInterval(() => setStatus(`running for ${terminal.elapsed.toFixed(1)} s`), 100);
  try {
    const app = await load({ args: [name, ...args], stdout: terminal.writer('out'), stderr: terminal.writer('err') });
    interrupt.onclick = () => app.interrupt();
    const code = await app.run();
    setStatus(`exit ${code} after ${terminal.elapsed.toFixed(2)} s`);
  } finally {
    clearInterval(clock);
    setRunning(false);
  }
}

/** @param {boolean} running */
function setRunning(running) {
  for (const button of runners) button.disabled = running;
  interrupt.disabled = !running;
}
