// What debug mode reports, on every backend.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { root } from './support/paths.js';
import { mustRun } from './support/process.js';
import { once } from './support/program.js';
import { findTool, skipWithout } from './support/tools.js';

const source = join(root, 'tests/c/debug.c');
/** What the comment at the end of a line calls that line, by the line's number. */
const marks = readFileSync(source, 'utf8').split('\n').map((line) => /\/\* ([A-Z_]+) \*\/$/.exec(line)?.[1]);

/** @typedef {{ stdout?: string, stderr: string[], off?: true, anyOrder?: true, only?: 'wasm' }} Reports
 *    stderr without "bide: debug: ", and with @MARK for file and line; off: debug mode is not asked for; anyOrder: it
 *    depends on how large frames are */

/** What tests/c/debug.c prints, by its argument. @type {Record<string, Reports>} */
const REPORTS = {
  slow: {
    stderr: [
      'Executing Task-1 created by main took # seconds, from its start to bide_await at @AWAIT_QUICK',
      'Executing quick created at @NAMED by Task-1 took # seconds, from its start to its end',
      'Executing a callback created at @CALLBACK by Task-1 took # seconds',
      'Executing a done callback of quick created at @NAMED by Task-1 took # seconds',
      'Executing Task-1 created by main took # seconds, from bide_await at @AWAIT_QUICK to bide_sleep at @SLEEP_QUICK',
      'Executing Task-1 created by main took # seconds, from bide_sleep at @SLEEP_QUICK until it waits for a sleep',
    ],
  },
  default_duration: { stdout: '0.1\n', stderr: [] },
  never_retrieved: {
    stderr: [
      'Task exception was never retrieved', 'task: Task-2', 'created at @TASK by Task-1', 'ValueError: bad port 7',
      'Future exception was never retrieved', 'future: Future', 'created at @FUTURE by Task-1', 'KeyError',
    ],
  },
  fails_in_callback: { stderr: ['Exception in callback', 'ValueError: bad port 7', 'created at @LATER by Task-1'] },
  forgotten: {
    stderr: [
      'bide: tasks and futures never released: 2',
      'never released: Task-2, created at @TASK by Task-1', 'never released: Future, created at @FUTURE by Task-1',
    ],
  },
  left: { stderr: ['left when the main task ended: sleeper waits for a sleep at @SLEEP, created at @NAMED by Task-1'] },
  places_in_dump: {
    stderr: ['bide: 2 tasks at 0.000 s:', '  Task-1 runs (#)', '  waiter waits for an event at @EVENT (#)'],
  },
  destroyed: { stderr: ['Task was destroyed but it is pending!', 'task: Task-1', 'created at @TASK by main'] },
  wrong_place: {
    stderr: [
      'bide_sleep at @CALLBACK in a callback: not called from a task',
      'a call in a callback: nobody gets the result that is set here',
      'bide_run at @RUN in Task-1: a run call while a loop runs, which is refused',
      'bide_loop_run_forever at @FOREVER in Task-1: a run call while a loop runs, which is refused',
      'bide_await at @AWAIT in Task-1: Task cannot await on itself',
      'bide_wait_for at @WAIT_FOR in Task-1: Task cannot await on itself',
    ],
  },
  in_main: { stderr: ['bide_sleep at @SLEEP in main: not called from a task'] },
  no_function: { stderr: ['a task created at @TASK has no function to call: it is NULL'] },
  no_switch: { stdout: '2\n', stderr: ['break has left the block at @BREAK only; a loop around it goes on', 'Task-1 waits for a sleep at @SLEEP inside a no-switch section that began at @SECTION'] },
  destroyed_in_section: {
    stderr: [
      'Task-1 waits for a sleep at @SECTION inside a no-switch section that began at @SECTION',
      'Task was destroyed but it is pending!', 'task: Task-1', 'created at @TASK by main',
      'Task was destroyed but it is pending!', 'task: Task-3', 'created at @TASK by main',
    ],
  },
  moved_event: { stderr: ["waiter waits for an event at @EVENT, which was moved meanwhile: it can't be woken"] },
  moved_lock: { stderr: ["waiter waits for a lock at @LOCK, which was moved meanwhile: it can't be woken"] },
  overwritten: { stderr: ['waiter waits for an event at @EVENT, which was moved, freed or overwritten meanwhile'] },
  overwritten_for_several: {
    stderr: [2, 3, 4].map((n) => `Task-${n} waits for an event at @EVENT, which was moved, freed or overwritten meanwhile`),
  },
  not_initialised: { stderr: ['an object that tasks wait for was overwritten or not initialised'] },
  overwritten_timeout: {   // it had a reference to its task
    stderr: [
      'a timeout was moved, freed or overwritten before its exit',
      'bide: tasks and futures never released: 1', 'never released: Task-2, created at @LIMITED by Task-1',
    ],
  },
  moved_timeout: { stderr: ['a timeout in the stack of Task-1 was moved, freed or overwritten before its exit'] },
  stack_of_ended: {
    stderr: [
      'the argument of borrower, created at @NAMED by lender, lies in the stack of lender, which has ended; bide_create_task_copy gives a task its own copy',
      'borrower waits for an event at @BORROWED, which lies in the stack of lender, which has ended',
    ],
  },
  timeout_not_left: {
    stderr: [
      'a timeout is set in the stack of careless, which has ended without bide_timeout_exit',
      'bide: tasks and futures never released: 1', 'never released: careless, created at @NAMED by Task-1',
    ],
  },
  group_not_left: {
    stderr: ['Task-2, created at @CHILD by careless, is in a task group in the stack of careless, which has ended without bide_task_group_exit'],
  },
  dead_arguments: {
    anyOrder: true,
    stderr: [
      'the argument of reader, created at @NAMED by Task-1, lies in a frame of Task-1 that has returned; bide_create_task_copy gives a task its own copy',
      'the argument of eager, created at @EAGER by Task-1, lies in a frame of Task-1 that has returned; bide_create_task_copy gives a task its own copy',
      'the argument of inner, created at @NAMED by middle, lies in a frame of Task-1 that has returned; bide_create_task_copy gives a task its own copy',
      'the argument of a callback, created at @SOON by Task-1, lies in a frame of Task-1 that has returned',
      'the argument of a callback, created at @LATER_CALL by Task-1, lies in a frame of Task-1 that has returned',
      'the argument of a done callback, created at @ADDS by Task-1, lies in a frame of Task-1 that has returned',
      'the argument of a reader, created at @READER by Task-1, lies in a frame of Task-1 that has returned',
      'the argument of a deferred call, created at @DEFERS by Task-1, lies in a frame of Task-1 that has returned',
      'the argument of of_callback, created at @NAMED by a callback, lies in a frame of a callback that has returned; bide_create_task_copy gives a task its own copy',
    ],
  },
  overlaid_arguments: {
    stderr: [
      'the argument of Task-2, created at @IN_GROUP by Task-1, lies in a frame of Task-1 that has returned; bide_create_task_copy gives a task its own copy',
      'the argument of reader, created at @NAMED by Task-1, lies in a frame of Task-1 that has returned; bide_create_task_copy gives a task its own copy',
    ],
  },
  covered_arguments: {
    only: 'wasm',
    stderr: ['the argument of reader, created at @NAMED by Task-1, lies in a frame of Task-1 that has returned; bide_create_task_copy gives a task its own copy'],
  },
  dead_arguments_of_generators: {
    stderr: [
      'the argument of reader, created at @NAMED by Task-1, lies in a frame of a generator that has returned; bide_create_task_copy gives a task its own copy',
      'the argument of reader, created at @NAMED by a generator, lies in a frame of a generator that has returned; bide_create_task_copy gives a task its own copy',
      'the argument of sleeper, created at @NAMED by Task-1, lies in the stack of a generator, which has ended; bide_create_task_copy gives a task its own copy',
    ],
  },
  dead_objects: { stderr: ['first waits for an event at @LENT, which lies in a frame of Task-1 that has returned', 'second waits for an event at @LENT, which lies in a frame of Task-1 that has returned'] },
  dead_blocks: { anyOrder: true, stderr: ['Task-2, created at @CHILD_OF_HELPER by Task-1, is in a task group in a frame of Task-1 that has returned without bide_task_group_exit', 'a timeout is set in a frame of Task-1 that has returned without bide_timeout_exit'] },
  dead_argument_of_main: { stderr: ['the argument of Task-2, created at @BY_MAIN by main, lies in a frame of main that has returned; bide_create_task_copy gives a task its own copy'] },
  live_arguments: { stdout: '3\n6\n', stderr: [] },
  many: { stderr: ['bide: tasks and futures never released: 1', 'never released: Future, created at @LAST by Task-1'] },
  breaks: { stderr: ['break has left the block at @BLOCK only; a loop around it goes on'] },
  left_raw: {
    stdout: 'CancelledError ValueError\n',
    stderr: [
      'Task-1 left the block at @TIMEOUT by return or goto: its exit was told CancelledError, and the TimeoutError that it answers is lost; leave it by BIDE_RETURN(rc)',
      'Task-1 left the block at @GROUP by return or goto: its exit was told ValueError, and the ExceptionGroup that it answers is lost; leave it by BIDE_RETURN(rc)',
    ],
  },
  left_well: { stdout: 'TimeoutError\n', stderr: [] },
  off: { stdout: '0\n', stderr: [] },
  turned_on: { off: true, stdout: '0\n', stderr: ['left when the main task ended: sleeper waits for a sleep at @SLEEP, created at @NAMED by Task-1'] },
};

/** Lines without what differs from run to run. @param {string} stderr */
function reports(stderr) {
  const lines = stderr.split('\n').filter(Boolean);
  return lines.map((line) => line.replace(/^bide: debug: /, '').replace(/[^\s:]*debug\.c:(\d+)/g, (_, n) => `@${marks[n - 1]}`)
    .replace(/took \d+\.\d{3}/, 'took #').replace(/\((\d+\.\d{3} s, )?stack \d+ of 16384 bytes\)/, '(#)'));
}

for (const backend of backends) {
  describe(`debug mode: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    const built = once(() => backend.build({ name: 'debug', sources: [{ path: source, flags: ['-DBIDE_DEBUG=1'] }] }));
    for (const [way, { stdout = '', stderr, off, anyOrder, only }] of Object.entries(REPORTS)) {
      it(way, { skip: only === 'wasm' && backend.name.startsWith('native') }, async () => {
        /** @type {Record<string, string>} */
        const env = { ASAN_OPTIONS: 'detect_leaks=0', ...(off ? {} : { BIDE_DEBUG: '1' }) };
        const end = await backend.run(await built(), { args: [way], env });
        const order = (/** @type {string[]} */ lines) => (anyOrder ? [...lines].sort() : lines);
        assert.deepEqual({ code: end.code, stdout: end.stdout, stderr: order(reports(end.stderr)) }, { code: 0, stdout, stderr: order(stderr) });
      });
    }
    it('without BIDE_DEBUG=1 nothing is reported', async () => {
      for (const way of ['left', 'wrong_place', 'no_switch']) {
        const { code, stderr } = await backend.run(await built(), { args: [way] });
        assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, way);
      }
    });
  });
}

// ---------------------------------------------------------------- the header

const header = readFileSync(join(root, 'include/bide.h'), 'utf8');
const macros = new Set([...header.matchAll(/^#define (bide_\w+)\(\.\.\.\)/gm)].map(([, name]) => name));
const documented = [...header.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*BIDE_API ([^;(]*?)\b(bide_\w+)\(/g)];

describe('with -DBIDE_DEBUG', () => {
  it('each function that suspends notes where it is called', () => {
    const suspending = documented.filter(([, comment]) => !/Suspends\s+never/.test(comment)).map(([, , , name]) => name);
    assert.ok(suspending.includes('bide_sleep') && !suspending.includes('bide_create_task'));
    assert.deepEqual(suspending.filter((name) => !macros.has(name)), []);
  });

  /** These answer a future or handle that was there before. */
  const OLD = ['bide_current_task', 'bide_retain', 'bide_handle_retain', 'bide_ensure_future'];

  it('each function that creates a future or a handle notes where', () => {
    const creating = documented.filter(([, , type]) => /bide_(future|task|handle) \*$/.test(type)).map(([, , , name]) => name);
    assert.ok(creating.includes('bide_create_task') && creating.includes('bide_loop_call_soon'));
    assert.deepEqual(creating.filter((name) => !macros.has(name) && !OLD.includes(name)), []);
  });

  it('C++ can include the header, and use sections and addresses of functions', { skip: skipWithout('native') }, async () => {
    const text = '#include <bide.h>\nint (*address)(double) = bide_sleep;\n'
      + 'extern "C" int f(void *) { BIDE_NO_SWITCH { BIDE_TRY(bide_sleep(1)); } return bide_join(bide_create_task(f, nullptr), nullptr); }\n';
    const compiler = /** @type {string} */ (findTool('native').path);
    for (const flags of [['-DBIDE_DEBUG=1'], []]) {
      await mustRun(compiler, ['-x', 'c++', '-std=c++17', '-Wall', '-Wextra', '-Werror', ...flags, `-I${join(root, 'include')}`, '-fsyntax-only', '-'], { stdin: text });
    }
  });

  it('a result that is dropped is still warned of', { skip: skipWithout('native') }, async () => {
    const compiler = /** @type {string} */ (findTool('native').path);
    const text = '#include <bide.h>\nvoid f(bide_fn *g);\nvoid f(bide_fn *g) { bide_sleep(1); bide_create_task(g, NULL); }\n';
    const args = ['-x', 'c', '-std=gnu11', '-O1', '-Wall', '-DBIDE_DEBUG=1', `-I${join(root, 'include')}`, '-c', '-o', '/dev/null', '-'];
    const { stderr } = await mustRun(compiler, args, { stdin: text });
    assert.equal(stderr.match(/ignoring return value/g)?.length, 2, stderr);
  });
});
