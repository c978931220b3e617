// The C unit tests: each file tests/c/test_*.c is a program, linked with an allocator that counts.

import { join } from 'node:path';
import { buildDir, namesIn, root } from './paths.js';
import { program } from './program.js';

export const unitTests = namesIn('tests/c', '.c').filter((name) => name.startsWith('test_'));

/** What a test file reads from stdin. @type {Record<string, string>} */
export const stdinOf = { test_reader: 'first\nsecond\n', test_callbacks: 'x', test_libc_poll: 'one\n' };

/** The directory that a test file looks into. @type {Record<string, string>} */
export const dirOf = {
  test_reader: join(root, 'tests/link/programs'), test_libc_callbacks: join(root, 'tests/link/programs'), test_libc_process: buildDir('temporary'),
};

/** What goes so deep that it needs an engine's smallest frames. */
export const isDeep = (/** @type {string} */ name) => name === 'test_stack';

/** @param {string} name */
export const unitTest = (name) => program(join(root, 'tests/c', `${name}.c`), [join(root, 'tests/c/alloc_counting.c')]);
