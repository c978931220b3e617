// What runs to cover the core: the programs of the suite that run on this machine.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkNative } from '../support/native.js';
import { namesIn, root } from '../support/paths.js';
import { collection, program } from '../support/program.js';
import { readScenarios, writeFiles } from '../support/scenarios.js';
import { dirOf, stdinOf, unitTest, unitTests } from '../support/units.js';
import { LINK_FLAGS } from './core.js';

/** @typedef {{ what: string, executable: string, args: string[], stdin?: string, dir?: string, code?: number, env?: Record<string, string> }} Run
 *    what: in words, for a report; code: the exit code, if not 0 */
/** @typedef {import('../support/program.js').Program} Program */

/** @param {string} path  below tests @param {string[]} [flags] */
const source = (path, flags = []) => ({ path: join(root, 'tests', path), flags });

/** @param {Program} what  @param {string} library */
const link = (what, library) => linkNative({ ...what, name: `counted-${what.name}` }, library, LINK_FLAGS);

/** The members of a folder, all in one program. @param {string} folder  @param {string} name  @param {import('../support/program.js').Source[]} more */
const members = (folder, name, more) => (
  collection(`${name}-${folder.replaceAll('/', '-')}`, namesIn(folder, '.c').map((member) => join(root, folder, `${member}.c`)), more));

/** Each member of a folder, run by `more`. @param {string} library  @param {string} folder  @param {string} name  @param {import('../support/program.js').Source[]} more
 *  @returns {Promise<Run[]>} */
async function memberRuns(library, folder, name, more) {
  const programs = members(folder, name, more);
  const executable = await link(programs, library);
  return programs.members.map((member) => ({ what: `${name} ${member}`, executable, args: [member] }));
}

/** Programs that don't survive it when an allocation of their own fails. @type {Record<string, string[]>} names by reason */
const fragile = JSON.parse(readFileSync(join(root, 'tests/alloc-failures-exceptions.json'), 'utf8'));

/** Each member of a folder with each of its allocations failing. @param {string} library  @param {string} folder */
async function failureRuns(library, folder) {
  const driver = [source('c/alloc_failures.c', ['-D_exit=leave_counted']), source('c/alloc_counting.c'), source('coverage/leave.c')];
  const runs = await memberRuns(library, folder, 'allocation-failures', driver);
  return runs.filter(({ args }) => !Object.values(fragile).flat().includes(args[0]));
}

/** @param {string} library  @returns {Promise<Run[]>} */
async function unitRuns(library) {
  return Promise.all(unitTests.map(async (name) => (
    { what: name, executable: await link(unitTest(name), library), args: [], stdin: stdinOf[name], dir: dirOf[name] })));
}

/** @param {string} library  @returns {Promise<Run>} */
async function scenarioRun(library) {
  const { programs } = readScenarios();
  const files = Object.fromEntries(Object.entries(programs).map(([name, text]) => [`${name}.flat`, text]));
  const dir = writeFiles('asyncio', files);
  const executable = await link(program(join(root, 'tests/c/scenario.c')), library);
  return { what: 'scenarios', executable, args: Object.keys(files).map((name) => join(dir, name)) };
}

/** @param {string} library  @returns {Promise<Run>} */
async function corpusRun(library) {
  const dir = join(root, 'tests/fuzz/corpus');
  const sources = [source('fuzz/target.c'), source('fuzz/replay.c'), source('c/alloc_counting.c')];
  const executable = await link({ name: 'corpus', sources }, library);
  return { what: 'corpus', executable, args: readdirSync(dir).map((name) => join(dir, name)) };
}

/** Programs that do what their argument says, and the exit code of each way. */
const WAYS = {
  exits: {
    returns: 0, raises: 1, raises_bare: 1, raises_a_group: 1, foreign: 1, cancels_itself: 1, exits: 42, deadlocks: 13, forgets_an_error: 0,
    forgets_a_reference: 0, fails_in_callback: 0, handler_itself_fails: 0, closes_with_a_pending_task: 0,
  },
  dump: {
    no_loop: 0, states: 0, chain: 0, gathered: 0, shielded: 0, waited: 0, as_completed: 0, cancels_at_once: 0, group: 0, rest: 0, ring: 13,
    deep: 0, many: 0,
  },
  debug: {
    slow: 0, default_duration: 0, never_retrieved: 0, fails_in_callback: 0, forgotten: 0, left: 0, places_in_dump: 0, destroyed: 0,
    wrong_place: 0, in_main: 0, no_function: 0, no_switch: 0, destroyed_in_section: 0, moved_event: 0, moved_lock: 0, overwritten: 0,
    overwritten_for_several: 0, not_initialised: 0, overwritten_timeout: 0, moved_timeout: 0, stack_of_ended: 0, timeout_not_left: 0,
    group_not_left: 0, many: 0, off: 0, turned_on: 0,
  },
};

/** How some of them are compiled and run, unlike the others. @type {Record<string, { flags: string[], env: Record<string, string> }>} */
const PARTICULARS = { debug: { flags: ['-DBIDE_DEBUG=1'], env: { BIDE_DEBUG: '1' } } };

/** @param {string} library  @param {'exits' | 'dump' | 'debug'} name  @returns {Promise<Run[]>} */
async function wayRuns(library, name) {
  const { flags, env } = PARTICULARS[name] ?? { flags: [], env: {} };
  const executable = await link({ name, sources: [source(`c/${name}.c`, flags)] }, library);
  return Object.entries(WAYS[name]).map(([way, code]) => ({ what: `${name} ${way}`, executable, args: [way], code, env }));
}

/** Every program of the suite, linked with the core in `library`.
 *  @param {string} library  @returns {Promise<Run[]>} */
export async function runsOf(library) {
  const runner = [source('support/run_member.c')];
  return [
    ...await memberRuns(library, 'tests/c/conformance', 'conformance', runner),
    ...await memberRuns(library, 'examples', 'example', runner),
    ...await failureRuns(library, 'tests/c/conformance'),
    ...await failureRuns(library, 'examples'),
    ...await unitRuns(library),
    ...await wayRuns(library, 'exits'),
    ...await wayRuns(library, 'dump'),
    ...await wayRuns(library, 'debug'),
    await scenarioRun(library),
    await corpusRun(library),
  ];
}
