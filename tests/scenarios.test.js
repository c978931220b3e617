// Random asyncio programs: tests/c/scenario.c runs each of them, and prints what asyncio printed.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { backends } from './support/backends.js';
import { root } from './support/paths.js';
import { once, program } from './support/program.js';
import { inBatches, readScenarios, tracesOf, writeFiles } from './support/scenarios.js';

const { programs, traces } = readScenarios();
const names = Object.keys(programs);
const batches = inBatches(names);
const dir = writeFiles('asyncio', Object.fromEntries(names.map((name) => [`${name}.flat`, programs[name]])));

/** A program of one operation a line. @param {string[]} body @param {{ [object: string]: string }} [objects] */
function scenario(body, objects = {}) {
  const { lock = '1', sem = '1 1 0', event = '1', cond = '1 -1', queue = '1 0', barrier = '1 2', fut = '2', bodies = '1' } = objects;
  return [
    'scenario 1 slots 2 handles 1 max_tasks 24 max_calls 16 theme test',
    `lock ${lock}`, `sem ${sem}`, `event ${event}`, `cond ${cond}`, `queue ${queue}`, `barrier ${barrier}`, `fut ${fut}`, `bodies ${bodies}`,
    'body 0', ...body, 'end', '',
  ].join('\n');
}
const FIRST = 11;   // line of the first operation

const DEADLOCK = scenario(['1 1 await 0 -1', '1 2 log 0 1']);
const HELLO = scenario(['1 1 log 0 7']);
const HELLO_TRACE = '0 0 start 0\n0 0 1 ok 7\n0 0 end ret none\n0 - main done\n0 - left 0\n0 - end\n';

/** What is wrong with a text: the line, and what the message says. @type {Record<string, { text: string, line: number, says: string }>} */
const MISTAKES = {
  'an empty file': { text: '', line: 1, says: 'the text is empty' },
  'no scenario at all': { text: 'hello\n', line: 1, says: '"hello" stands where "scenario" is expected' },
  'an unknown operation': { text: scenario(['1 1 jump 0']), line: FIRST, says: '"jump" is no operation' },
  'an argument too few': { text: scenario(['1 1 log 0 1', '1 2 fut_set 0 1']), line: FIRST + 1, says: 'the number is missing' },
  'an argument too many': { text: scenario(['1 1 ev_set 0 0 0']), line: FIRST, says: '"0" is more than the line can have' },
  'no number': { text: scenario(['1 1 sleep 0 1x']), line: FIRST, says: 'the time is "1x", not a number' },
  'a time that must not be none': { text: scenario(['1 1 sleep 0 none']), line: FIRST, says: 'the time is "none", not a number' },
  'an object that is not there': { text: scenario(['1 1 ev_wait 0 1']), line: FIRST, says: 'the event is "1", not a number from 0 to 0' },
  'an object where there are none': { text: scenario(['1 1 ev_wait 0 0'], { event: '0' }), line: FIRST, says: 'the event is 0, but there are none' },
  'a slot beyond the table': { text: scenario(['1 1 await 0 2']), line: FIRST, says: 'not a number from -2 to 1' },
  'a future beyond the table': { text: scenario(['1 1 await 0 -3']), line: FIRST, says: 'not a number from -2 to 1' },
  'an unknown error': { text: scenario(['1 1 raise 0 OSError']), line: FIRST, says: '"OSError" is no error to raise' },
  'an unknown way to wait': { text: scenario(['1 1 wait 0 some 1 1 -1']), line: FIRST, says: '"some" stands where all, first or exc' },
  'a list that is too short': { text: scenario(['1 1 gather 0 0 2 -1']), line: FIRST, says: 'is missing' },
  'a body that starts itself': { text: scenario(['1 1 spawn 0 0 0 0'], { bodies: '1' }), line: FIRST, says: 'the body, higher than the one it stands in, is 0' },
  'a depth that jumps': { text: scenario(['1 1 lock 0 0', '3 2 log 0 1']), line: FIRST + 1, says: 'the depth is "3", not a number from 1 to 2' },
  'operations below a plain one': { text: scenario(['1 1 log 0 1', '2 2 log 0 1']), line: FIRST + 1, says: 'the depth is "2", not a number from 1 to 1' },
  'a catch beyond 2': { text: scenario(['1 1 log 3 1']), line: FIRST, says: 'catch is "3"' },
  'a callback that suspends': { text: scenario(['1 1 soon 0', '2 2 sleep 0 1']), line: FIRST + 1, says: 'a callback cannot do this operation' },
  'a callback with two operations': { text: scenario(['1 1 soon 0', '2 2 log 0 1', '2 3 log 0 1']), line: FIRST + 2, says: 'the depth is "2"' },
  'a callback without one': { text: scenario(['1 1 soon 0', '1 2 log 0 1']), line: FIRST + 1, says: 'the callback before this line has no operation' },
  'a callback without one at the end': { text: scenario(['1 1 soon 0']), line: FIRST + 1, says: 'the callback before this line has no operation' },
  'a handler outside of a try': { text: scenario(['1 1 lock 0 0', '1 0 handler 0']), line: FIRST + 1, says: 'this list belongs to no try' },
  'a handler behind the final': { text: scenario(['1 1 try 1', '1 0 final 0', '1 0 handler 0']), line: FIRST + 2, says: 'in wrong order' },
  'a missing body': { text: scenario(['1 1 log 0 1'], { bodies: '2' }), line: FIRST + 1, says: '"end" stands where "body" is expected' },
  'no body': { text: scenario([], { bodies: '0' }), line: 9, says: 'there is no body, so no main' },
  'a huge count': { text: scenario([], { lock: '99999999999999999999' }), line: 2, says: 'lock is "99999999999999999999", not a number' },
  'a truncated file': { text: HELLO.slice(0, HELLO.indexOf('end')), line: FIRST + 1, says: 'the text ends where "end" is expected' },
  'a truncated head': { text: HELLO.split('\n').slice(0, 3).join('\n'), line: 4, says: 'the text ends where "event" is expected' },
  'something after the end': { text: `${HELLO}more\n`, line: FIRST + 2, says: '"more" is more than the line can have' },
  'a zero byte': { text: HELLO.replace('log', 'l\0g'), line: FIRST, says: 'a zero byte' },
  'blocks without end': {
    text: scenario(Array.from({ length: 120 }, (_, i) => `${i + 1} ${i} tg 0`)), line: FIRST + 99, says: 'nested more than 99 deep',
  },
};
const mistakeFile = (/** @type {string} */ what) => `${what.replaceAll(' ', '_')}.flat`;
const files = writeFiles('made', {
  'hello.flat': HELLO,
  'deadlock.flat': DEADLOCK,
  ...Object.fromEntries(Object.entries(MISTAKES).map(([what, { text }]) => [mistakeFile(what), text])),
});

for (const backend of backends) {
  describe(`scenarios: ${backend.name}`, { skip: backend.skip }, () => {
    after(() => backend.close());
    const built = once(() => backend.build(program(join(root, 'tests/c/scenario.c'))));
    const run = async (/** @type {string[]} */ args, folder = files) => backend.run(await built(), { args, dir: folder });

    for (const batch of batches) {
      it(`asyncio's traces ${batch[0]} to ${batch[batch.length - 1]}`, async () => {
        const { code, signal, stdout, stderr } = await run(batch.map((name) => `${name}.flat`), dir);
        const printed = tracesOf(stdout);
        for (const name of batch) assert.equal(printed[name], traces[name], `scenario ${name}`);
        assert.deepEqual({ code, signal, stderr }, { code: 0, signal: null, stderr: '' });
      });
    }

    it('one file: the trace alone', async () => {
      assert.deepEqual(await run(['hello.flat']), { code: 0, signal: null, stdout: HELLO_TRACE, stderr: '' });
    });

    it('a deadlock is told, and the next file runs', async () => {
      const stdout = `# deadlock.flat\n0 0 start 0\n0 - deadlock\n# hello.flat\n${HELLO_TRACE}`;
      assert.deepEqual(await run(['deadlock.flat', 'hello.flat']), { code: 0, signal: null, stdout, stderr: '' });
    });

    it('no file: usage', async () => {
      assert.deepEqual(await run([]), { code: 2, signal: null, stdout: '', stderr: 'usage: scenario FILE..\n' });
    });

    it('a missing file', async () => {
      const { code, stdout, stderr } = await run(['hello.flat', 'missing.flat']);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(stderr, /^scenario: missing\.flat: No such file or directory\n$/);
    });

    it('a mistake is told with its line before anything runs', async () => {
      for (const [what, { line, says }] of Object.entries(MISTAKES)) {
        const { code, stdout, stderr } = await run(['hello.flat', mistakeFile(what)]);
        assert.deepEqual({ code, stdout }, { code: 2, stdout: '' }, `${what}: ${stderr}`);
        assert.ok(stderr.startsWith(`${mistakeFile(what)}:${line}: `) && stderr.includes(says), `${what}: ${stderr}`);
      }
    });
  });
}
