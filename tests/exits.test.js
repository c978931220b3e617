// How programs end: exit codes and the library's own words on stderr, on every backend.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { root } from './support/paths.js';
import { once, program } from './support/program.js';

/** @typedef {{ code: number, stdout?: string, stderr: string[], only?: 'wasm' }} Ending */

/** What tests/c/exits.c is to do, by its argument. @type {Record<string, Ending>} */
const ENDINGS = {
  returns: { code: 0, stdout: 'done\n', stderr: [] },
  raises: { code: 1, stderr: ['ValueError: bad port 7'] },
  raises_bare: { code: 1, stderr: ['KeyError'] },
  raises_a_group: { code: 1, stderr: ['ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)', '  ValueError: bad port 7', '  KeyError'] },
  runs_out_of_memory: {
    code: 0,
    stderr: [
      'bide: MemoryError in 300 tasks: Task exception was never retrieved; each has a stack of 4096 bytes (bide_task_options.stack_size)',
      'bide: tasks and futures never released: 300',
    ],
  },
  drops_memory_errors: {
    code: 0,
    stderr: [
      'bide: MemoryError in 3 tasks: Task exception was never retrieved; each has a stack of 16384 bytes (bide_task_options.stack_size)',
      'Task exception was never retrieved', 'task: Task-5', 'ValueError: bad port 7',
      'Task exception was never retrieved', 'task: Task-6', 'MemoryError', 'next turn',
      'Task exception was never retrieved', 'task: Task-7', 'MemoryError',
      'bide: MemoryError in 2 callbacks: Exception in callback',
      'bide: MemoryError in 2 futures: Future exception was never retrieved',
    ],
  },
  foreign: { code: 1, stderr: ['ValueError: Task-1 returned 3, no bide code; use bide_return_i64 for results'] },
  cancels_itself: { code: 1, stderr: ['CancelledError'] },
  exits: { code: 42, stderr: [] },
  deadlocks: {
    code: 13,
    stdout: 'before ',
    stderr: [
      'bide: deadlock: nothing is ready, no timer is set, and these tasks wait:',
      '  Task-1 waits for an event', '  waiter waits for Future',
    ],
  },
  locks_twice: {
    code: 13, only: 'wasm',
    stderr: ['bide: deadlock: nothing is ready, no timer is set, and these tasks wait:', '  Task-1 waits for a mutex'],
  },
  waits_outside_of_tasks: {
    code: 13, only: 'wasm', stdout: 'before ', stderr: ['bide: deadlock: pthread_cond_wait outside of any task, where nobody can signal'],
  },
  forgets_an_error: { code: 0, stderr: ['Task exception was never retrieved', 'task: lost', 'ValueError: bad port 7'] },
  forgets_a_reference: { code: 0, stdout: 'done\n', stderr: ['bide: tasks and futures never released: 1'] },
  fails_in_callback: { code: 0, stderr: ['Exception in callback', 'ValueError: bad port 7'] },
  handler_itself_fails: {
    code: 0,
    stderr: ['Unhandled error in exception handler', 'KeyError: in the handler', 'Exception in callback', 'KeyError'],
  },
  closes_with_a_pending_task: { code: 0, stderr: ['Task was destroyed but it is pending!', 'task: Task-1'] },
  jumps_to_another_task: {
    code: 134, only: 'wasm', stderr: ['bide: longjmp in jumper to a function that has returned, or runs in another task or outside of the event loop'],
  },
  jumps_to_a_function_that_has_returned: {
    code: 134, only: 'wasm', stderr: ['bide: longjmp in Task-1 to a function that has returned, or runs in another task or outside of the event loop'],
  },
  jumps_out_of_the_loop: {
    code: 134, only: 'wasm',
    stderr: ['bide: longjmp in main or a callback to a function that has returned, or runs in another task or outside of the event loop'],
  },
  overflow_in_a_task: {
    code: 134, only: 'wasm', stderr: ['bide: stack overflow in deep, whose stack has 8192 bytes (bide_task_options.stack_size)'],
  },
  overflow_by_suspending: {
    code: 134, only: 'wasm', stderr: ['bide: stack overflow in frames, whose stack has 4096 bytes (bide_task_options.stack_size)'],
  },
  overflow_in_a_generator: {
    code: 134, only: 'wasm', stderr: ['bide: stack overflow in a generator of roomy, whose stack has 4096 bytes (bide_generator_new_with)'],
  },
  overflow_in_an_async_generator: {
    code: 134, only: 'wasm', stderr: ['bide: stack overflow in a generator of roomy, whose stack has 4096 bytes (bide_generator_new_with)'],
  },
  overflow_among_many: {
    code: 134, only: 'wasm', stderr: ['bide: stack overflow in frames, whose stack has 4096 bytes (bide_task_options.stack_size)'],
  },
};

/** The engine's own report follows an abnormal end. @param {string} stderr  @param {number} lines */
const firstLines = (stderr, lines) => stderr.split('\n').filter(Boolean).slice(0, lines);

for (const backend of backends) {
  describe(`exits: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    const built = once(() => backend.build(program(join(root, 'tests/c/exits.c'))));
    for (const [way, { code, stdout = '', stderr, only }] of Object.entries(ENDINGS)) {
      const skip = only && backend.name.startsWith('native') ? 'natively the guard page below the stack faults, and locks are those of threads' : false;
      it(way, { skip }, async () => {
        const end = await backend.run(await built(), { args: [way], env: { ASAN_OPTIONS: 'detect_leaks=0' } });
        const words = code === 134 ? firstLines(end.stderr, stderr.length) : end.stderr.split('\n').filter(Boolean);
        assert.deepEqual({ code: end.code, stdout: end.stdout, stderr: words }, { code, stdout, stderr });
      });
    }
  });
}

/** Start a program that says when it is ready, press Ctrl-C, and see how it ends.
 *  @param {string} command  @param {string[]} args
 *  @returns {Promise<{ code: number | null, stdout: string }>} */
function interrupted(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    if (text.includes('ready')) child.kill('SIGINT');
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout })));
}

describe('Ctrl-C cancels the main task, which may clean up, and the exit code is 130', () => {
  const ending = { code: 130, stdout: 'ready\ncancelled\ncleaned up\n' };
  const [native] = backends;
  const source = 'tests/c/exits.c', way = 'sleeps_until_ctrl_c';
  it(native.name, { skip: native.skip }, async () => {
    assert.deepEqual(await interrupted(await native.build(program(join(root, source))), [way]), ending);
  });
  it('js, by the command', async () => {
    assert.deepEqual(await interrupted(join(root, 'node_modules/.bin/bide'), ['run', source, '--', way]), ending);
  });
});
