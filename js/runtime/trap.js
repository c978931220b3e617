// The report of a trap: what happened, the task, the C functions.

import { BideError } from './errors.js';

/** @param {any} error  what the engine or an import threw through the frames of C
 *  @param {string | undefined} task  name of the task that ran
 *  @returns {BideError & { report: string }} with a report of several lines */
export function trap(error, task) {
  const message = `trap: ${describe(error)}, in ${task ? `task '${task}'` : 'main or a callback'}`;
  const report = [message, ...frames(String(error?.stack))].join('\n');
  return Object.assign(new BideError('TRAP', message, { cause: error, name: 'Trap' }), { report });
}

/** @param {any} error */
function describe(error) {
  if (error instanceof WebAssembly.RuntimeError) return error.message;
  if (/call stack|recursion/.test(error?.message)) return `call stack exhausted (${error.message})`;
  return `a JavaScript function threw ${error}`;
}

/** The program's own frames, innermost first. The three patterns are V8's, SpiderMonkey's and JavaScriptCore's.
 *  V8 writes the module's name before the function's.
 *  @param {string} stack */
function frames(stack) {
  const names = stack.split('\n').map((line) =>
    /^\s*at (?:\S+\.wasm\.)?(\S+) \(.*(wasm-function\[\d+\].*)\)$/.exec(line) ??
    /^(.*)@.*(wasm-function\[\d+\].*)$/.exec(line) ??
    /^.*wasm-function\[(.*)\]@(.*)$/.exec(line));
  const lines = names.filter((match) => match !== null);
  const runtime = lines.findIndex(([, name]) => /^bide__(loop|js)_/.test(name));
  return lines.slice(0, runtime < 0 ? undefined : runtime).map(([, name, where]) => `  at ${name} (${where})`);
}
