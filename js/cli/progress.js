// Says what the compiling process does, if that takes long and somebody looks at it.
//
// The compiling process does not get to a timer while it compiles. So it tells each stage to the process that has
// started it, and that one writes a line, which the next stage replaces and the end removes.

import { isatty } from 'node:tty';
import { say } from './print.js';

/** How long nothing is said, in ms. */
const PATIENCE = 2000;

/** In the compiling process. @param {string} stage */
export function reportStage(stage) {
  process.send?.(stage);
}

/** In the process that waits for it. @param {import('node:child_process').ChildProcess} child  @param {boolean} [terminal]  somebody looks */
export function showProgress(child, terminal = isatty(2)) {
  if (!terminal) return;
  let stage = '', late = false;
  const show = () => say(`\r\x1b[Kbide: ${stage}`);
  const timer = setTimeout(() => {
    late = true;
    if (stage) show();
  }, PATIENCE);
  child.on('message', (message) => {
    if (typeof message !== 'string') return;
    stage = message;
    if (late) show();
  });
  child.once('exit', () => {
    clearTimeout(timer);
    if (late) say('\r\x1b[K');
  });
}
