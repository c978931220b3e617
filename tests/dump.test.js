// The tree of tasks that bide_dump prints, on every backend, and what prints it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { root } from './support/paths.js';
import { once, program } from './support/program.js';

/** What tests/c/dump.c prints to stderr, by its argument, without the bytes of stack. @type {Record<string, string[]>} */
const TREES = {
  no_loop: ['bide: no event loop runs'],
  states: [
    'bide: 4 tasks at 1.000 s:',
    '  Task-1 runs', '  sleeper waits for its next step (cancelled)', '  waiter waits for an event (1.000 s)', '  fresh waits for its first step',
    '  1 ready callback',
    'bide: 2 tasks at 1.000 s:',
    '  Task-1 waits for its next step', '  waiter waits for an event (1.000 s)',
  ],
  chain: [
    'bide: 5 tasks at 1.000 s:',
    '  Task-1 waits for second (1.000 s)',
    '    second waits for first (1.000 s)',
    '      first waits for an event (1.000 s)',
    '  also waits for first (1.000 s)',
    '    first, see above',
    '  end runs',
  ],
  gathered: [
    'bide: 4 tasks at 1.000 s:',
    '  Task-1 waits for a gather of 3, 1 done (1.000 s)',
    '    a waits for an event (1.000 s)', '    c waits for an event (1.000 s)',
    '  end runs',
  ],
  shielded: [
    'bide: 3 tasks at 1.000 s:',
    '  Task-1 waits for a shield of inner (1.000 s)',
    '    inner waits for an event (1.000 s)',
    '  end runs',
    '  1 timer (the next in 4.000 s)',
  ],
  waited: [
    'bide: 3 tasks at 1.000 s:',
    '  Task-1 waits for others to end (1.000 s)',
    '    inner waits for an event (1.000 s)', '    end runs',
  ],
  as_completed: [
    'bide: 3 tasks at 1.000 s:',
    '  Task-1 waits for the next of several (1.000 s)',
    '    inner waits for an event (1.000 s)', '    end runs',
  ],
  cancels_at_once: [
    'bide: 3 tasks at 1.000 s:',
    '  Task-1 waits for a cancelled future to end (1.000 s)',
    '    inner waits for an event (1.000 s, cancelled)',
    '  end runs',
  ],
  group: [
    'bide: 2 tasks at 1.000 s:',
    '  Task-1 runs', '    child waits for an event (1.000 s)',
    'bide: 3 tasks at 2.000 s:',
    '  Task-1 waits for the tasks of a group (1.000 s)', '    child waits for an event (2.000 s)',
    '  end runs',
  ],
  rest: [
    'bide: 2 tasks at 0.000 s:',
    '  Task-1 runs', '  sleeper waits for a sleep (0.000 s)',
    '  1 ready callback, 2 timers (the next in 0.500 s)',
  ],
  ring: [
    'bide: deadlock: nothing is ready, no timer is set, and these tasks wait:',
    '  Task-1 waits for a (0.000 s)', '    a waits for b (0.000 s)', '      b waits for a (0.000 s)', '        a, see above',
    '  alone waits for Future (0.000 s)',
  ],
  deep: [
    'bide: 22 tasks at 0.000 s:',
    '  Task-1 runs',
    ...Array.from({ length: 17 }, (_, i) => `  ${'  '.repeat(i)}${20 - i} waits for ${19 - i} (0.000 s)`),
    '  3 waits for 2 (0.000 s)', '    2 waits for 1 (0.000 s)', '      1 waits for 0 (0.000 s)', '        0 waits for an event (0.000 s)',
  ],
  deep_gathers: [
    'bide: 3 tasks at 0.000 s:',
    '  Task-1 runs', '  innermost waits for an event (0.000 s)', '  waits waits for a gather of 1 (0.000 s)',
  ],
  many: [
    'bide: 1501 tasks at 0.000 s:',
    '  Task-1 runs',
    ...Array.from({ length: 1500 }, (_, i) => `  Task-${i + 2} waits for an event (0.000 s)`),
  ],
};

const DEADLOCK = 13;
const STACK = /(, )?stack \d+ of (16384|512) bytes/g;

/** @param {string} stderr */
const withoutStacks = (stderr) => stderr.replace(STACK, '').replaceAll('(, ', '(').replaceAll(' ()', '');

for (const backend of backends) {
  describe(`dump: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    const built = once(() => backend.build(program(join(root, 'tests/c/dump.c'))));
    for (const [way, lines] of Object.entries(TREES)) {
      it(way, async () => {
        const { code, stderr } = await backend.run(await built(), { args: [way], env: { ASAN_OPTIONS: 'detect_leaks=0' } });
        assert.deepEqual({ code, lines: withoutStacks(stderr).split('\n').filter(Boolean) }, { code: way === 'ring' ? DEADLOCK : 0, lines });
        if (way !== 'no_loop') assert.match(stderr, STACK);
      });
    }
    it('counts from the first run of the loop', async () => {
      const sources = ['dump_since', 'dump_clock'].map((name) => ({ path: join(root, `tests/c/${name}.c`), flags: [`-I${join(root, 'src')}`] }));
      const { code, stderr } = await backend.run(await backend.build({ name: 'dump_since', sources }));
      assert.deepEqual({ code, lines: withoutStacks(stderr).split('\n').filter(Boolean) }, { code: 0, lines: ['bide: 1 task at 1.000 s:', '  Task-2 runs'] });
    });
  });
}

// ---------------------------------------------------------------- Ctrl-\

/** Start a program that says when it is ready, press Ctrl-\, and Ctrl-C when the tree has come.
 *  @param {string} command  @param {string[]} args
 *  @returns {Promise<{ code: number | null, stderr: string }>} */
function pressed(command, args) {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { if (text.includes('ready')) child.kill('SIGQUIT'); });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    const before = stderr;
    stderr += chunk;
    const came = (/** @type {string} */ text) => /Task-1 .*\n/.test(text);
    if (came(stderr) && !came(before)) child.kill('SIGINT');
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

describe('Ctrl-\\ prints the tree, and the program goes on', () => {
  const [native] = backends;
  const source = 'tests/c/dump.c';
  /** @type {[string, RegExp][]} */
  const ways = [
    ['until_ctrl_c', /bide: 2 tasks at \d{1,2}\.\d{3} s:\n {2}Task-1 waits for a sleep \(\d+\.\d{3} s, stack \d+ of 16384 bytes\)\n {2}waiter waits for an event /],
    ['busy_until_ctrl_c', /bide: 1 task at \d{1,2}\.\d{3} s:\n {2}Task-1 waits for its (next|first) step /],
  ];
  for (const [way, tree] of ways) {
    it(`${native.name}: ${way}`, { skip: native.skip }, async () => {
      const { code, stderr } = await pressed(await native.build(program(join(root, source))), [way]);
      assert.match(stderr, tree);
      assert.equal(code, 130);
    });
    it(`js, by the command: ${way}`, async () => {
      const { code, stderr } = await pressed(join(root, 'node_modules/.bin/bide'), ['run', source, '--', way]);
      assert.match(stderr, tree);
      assert.equal(code, 130);
    });
  }

  it('wasi, by the command: it can\'t, and says so', async () => {
    const child = spawn(join(root, 'node_modules/.bin/bide'), ['run', '--target', 'wasi', '--engine', 'node', source, '--', 'until_ctrl_c'], { cwd: root });
    let stderr = '';
    child.stdout.on('data', () => child.kill('SIGQUIT'));
    child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.match(stderr, /bide: Ctrl-\\ ends a WASI program; with --target js it would show the tasks\n/);
    assert.equal(code, 131);
  });
});
