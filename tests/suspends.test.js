// What the library says of itself in BIDE__SUSPENDS (src/link.h): a function that may lie on a suspended stack and is not
// named there would not be saved, and would go on as if its call had returned.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { planLibrary, readLibrary } from '../js/cli/library.js';
import { toldBy } from '../js/link/told.js';
import { membersOf } from './support/members.js';
import { root } from './support/paths.js';

/** bide.h and the headers of modules. */
const header = readdirSync(join(root, 'include'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.h'))
  .map((name) => readFileSync(join(root, 'include', name), 'utf8')).join('\n');

/** What leaves a stack to be unwound. */
const SWITCH = 'coro__start_unwind';

/** Calls that never suspend, though what is called may. */
const HARMLESS = new Map([
  ['bide_generator_release', ['bide_generator_close']],                           // at once of a plain one, which can't wait
  ['bide__js_generator_ask', ['bide_generator_close', 'bide_generator_send', 'bide__generator_throw']],   // the same
  ['bide__js_run_call', ['bide__function_run']],                                  // the loop makes these calls again
  ['bide__function_run', ['bide__stream_run']],
]);

/** The last thing that these do is to suspend, and so it is of who calls them: a run call is the one that is rewound (src/run/run.h). */
const STEPS = new Set(['bide__host_run', 'bide__run_until_stopped', 'bide__run_until_done', 'bide__run_until_complete', 'bide__run_call',
  'bide__run_main', 'bide__close_runner', 'bide__loop_cancel_all', 'bide__generators_close']);

/** Functions of ours that `bide link` knows by name: only these need to be marked. @param {string} name */
const isReserved = (name) => /^(bide_|__wrap_)/.test(name);

/** @param {boolean} may  @returns {string[]} public functions whose comment says that they may suspend, or never do */
function documented(may) {
  const all = [...header.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*BIDE_API[^;(]*?\b(bide_\w+)\(/g)];
  return all.filter(([, comment]) => /Suspends\s+never/.test(comment) !== may).map(([, , name]) => name);
}

/** @param {import('./support/members.js').Member[]} members  @returns {Set<string>} functions that reach the switch by calls */
function reaching(members) {
  const functions = members.flatMap((member) => member.functions);
  const reached = new Set([SWITCH]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { name, calls } of functions) {
      if ([...calls].some((callee) => reached.has(callee) && !HARMLESS.get(name)?.includes(callee))) reached.add(name);
    }
  }
  return reached;
}

for (const target of /** @type {const} */ (['js', 'wasi'])) {
  describe(`libbide.a for ${target}`, async () => {
    const members = await membersOf(target);
    const { suspends, runs } = toldBy(readLibrary(planLibrary(target))), told = new Set([...suspends, ...runs]);
    const functions = new Map(members.flatMap((member) => member.functions).map((f) => [f.name, f]));

    it('marks each function that calls what suspends', () => {
      const unmarked = [...reaching(members)].filter((name) => isReserved(name) && !STEPS.has(name) && functions.has(name) && !told.has(name));
      assert.deepEqual(unmarked, []);
    });

    it('marks what the header says may suspend, and nothing that never does', () => {
      assert.deepEqual(documented(true).filter((name) => !told.has(name)), []);
      assert.deepEqual(documented(false).filter((name) => told.has(name)), []);
    });

    it('marks functions that exist', () => {
      assert.deepEqual([...told].filter((name) => !functions.has(name)), []);
    });

    it('has steps of run calls that nobody else calls', () => {
      const callers = [...functions.values()].filter(({ calls }) => [...calls].some((callee) => STEPS.has(callee)));
      const others = callers.map(({ name }) => name).filter((name) => isReserved(name) && !STEPS.has(name) && !runs.includes(name));
      assert.deepEqual(others, []);
    });

    it('has calls that are harmless still', () => {
      for (const [caller, callees] of HARMLESS) {
        const calls = functions.get(caller)?.calls;
        assert.ok(callees.every((callee) => calls?.has(callee) ?? target === 'wasi'), caller);
      }
    });
  });
}
