// What is compiled: a program is a name and its C sources.
//
// A collection is one program made of many, each entered by its name as first
// argument: to link and post-process a hundred small programs one by one would
// take longer than to run them.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildDir, root } from './paths.js';

/** @typedef {{ path: string, flags: string[] }} Source  flags for the compiler, beside those of the backend */
/** @typedef {{ name: string, sources: Source[] }} Program */
/** @typedef {Program & { members: string[] }} Collection */

/** @param {string} path  of a source that is a whole program  @param {string[]} [more]  further sources
 *  @returns {Program} */
export function program(path, more = []) {
  return { name: basename(path, '.c'), sources: [path, ...more].map((source) => ({ path: source, flags: [] })) };
}

/** Engines without a cache translate the whole module for each run, so collections stay small. */
const MEMBERS = 12;

/** @param {string} name  @param {string[]} paths  of the members, each with a main of its own
 *  @returns {Collection[]} */
export function collections(name, paths) {
  const runner = [{ path: join(root, 'tests/support/run_member.c'), flags: [] }];
  const starts = paths.map((_, i) => i).filter((i) => i % MEMBERS === 0);
  return starts.map((start) => collection(`${name}-${start / MEMBERS + 1}`, paths.slice(start, start + MEMBERS), runner));
}

/** @param {string} name  @param {string[]} paths  of the members, each with a main of its own
 *  @param {Source[]} more  sources for all: the one with the main
 *  @returns {Collection} */
export function collection(name, paths, more) {
  const members = paths.map((path) => ({ path, name: basename(path, '.c'), entry: `member_${basename(path, '.c').replace(/\W/g, '_')}` }));
  const table = writeTable(name, members);
  return {
    name,
    members: members.map((member) => member.name),
    sources: [
      ...members.map(({ path, entry }) => ({ path, flags: [`-Dmain=${entry}`] })),
      { path: table, flags: [] },
      ...more,
    ],
  };
}

/** Write the source that has the table of members, see members.h.
 *  @param {string} name  @param {{ name: string, path: string, entry: string }[]} members */
function writeTable(name, members) {
  const withArguments = members.map(({ path }) => /\bmain\(int /.test(readFileSync(path, 'utf8')));
  const declarations = members.map(({ entry }, i) => `int ${entry}(${withArguments[i] ? 'int argc, char **argv' : 'void'});`);
  const calls = members.map(({ entry }, i) => (
    `static int call_${entry}(int argc, char **argv) { ${withArguments[i] ? '' : '(void)argc, (void)argv; '}return ${entry}(${withArguments[i] ? 'argc, argv' : ''}); }`));
  const rows = members.map(({ name: member, entry }) => `    { "${member}", call_${entry} },`);
  const text = [
    '#include <stddef.h>', '#include "members.h"', ...declarations, ...calls,
    'const struct member members[] = {', ...rows, '    { NULL, NULL },', '};', '',
  ].join('\n');
  const path = join(buildDir('collections'), `${name}.c`);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
  return path;
}

/** `make` when first asked for.
 *  @template T  @param {() => T} make  @returns {() => T} */
export function once(make) {
  /** @type {{ value: T } | undefined} */
  let made;
  return () => (made ??= { value: make() }).value;
}
