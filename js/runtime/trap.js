// The report of a trap: what happened, the task, the C functions.

import { BideError } from './errors.js';

/** @param {any} error  what the engine or an import threw through the frames of C
 *  @param {string} [task]  name of the task that ran
 *  @returns {BideError & { report: string }} with a report of several lines */
export function trap(error, task) {
  let message = 'trap: the engine\'s own stack is exhausted', report = message;
  try {
    message = `trap: ${describe(error)}, in ${task ? `task '${task}'` : 'main or a callback'}`;
    report = [message, ...frames(String(error?.stack))].join('\n');
  } catch {
    // The engine's stack has no room even for this.
  }
  return Object.assign(new BideError('TRAP', message, { cause: error, name: 'Trap' }), { report });
}

/** @param {any} error */
function describe(error) {
  if (error instanceof WebAssembly.RuntimeError) return error.message;
  if (isExhaustion(error)) return exhaustion(error);
  return `a JavaScript function threw ${error}`;
}

/** Whether C went so deep that the engine's own stack is at its end. A task's stack is another: the program itself says if that
 *  overflows. @param {any} error */
export function isExhaustion(error) {
  return !(error instanceof WebAssembly.RuntimeError) && ['call stack', 'recursion'].some((words) => String(error?.message).includes(words));
}

/** @param {any} error  which isExhaustion  @returns {string} what happened, and the C functions that were called last */
export function exhaustion(error) {
  const names = lines(String(error.stack)).map(([, name]) => name).filter((name) => !/^bide_|^wasm-function/.test(name));
  const last = [...new Set(names)].slice(0, 3).join(', ');
  return `the engine's own stack is exhausted${last && ` by ${last}`} (${error.message})`;
}

/** The program's own frames, innermost first. js/link/library_names.js gives the library's functions their prefix.
 *  @param {string} stack */
function frames(stack) {
  return lines(stack).filter(([, name]) => !/^(bide__|coro_|undefined_weak:)/.test(name)).map(([, name, where]) => `  at ${name} (${where})`);
}

/** The frames of wasm: name and place, innermost first. The three patterns are V8's, SpiderMonkey's and JavaScriptCore's.
 *  V8 writes the module's name before the function's.
 *  @param {string} stack */
function lines(stack) {
  const names = stack.split('\n').map((line) =>
    /^\s*at (?:\S+\.wasm\.)?(\S+) \(.*(wasm-function\[\d+\].*)\)$/.exec(line) ??
    /^(.*)@.*(wasm-function\[\d+\].*)$/.exec(line) ??
    /^.*wasm-function\[(.*)\]@(.*)$/.exec(line));
  return names.filter((match) => match !== null);
}
