// How large the core is, and what the passes of js/link add to it.
//
//   node pass_sizes.js      prints JSON: bytes, and bytes gzipped, of three programs. One refers to every function
//                           of bide.h but those of debug mode: with both passes, without the stack check, and
//                           without Asyncify. One refers to those of debug mode, too. One has nothing but what the
//                           others use of the C library
//
// A process of its own, because clang and Binaryen leave hundreds of megabytes behind.

import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeObject, planObject } from '../js/cli/compile.js';
import { hurry } from '../js/cli/engine_flags.js';
import { headerDir, makeLibrary, planLibrary } from '../js/cli/library.js';
import { linkProgram } from '../js/cli/linker.js';
import { finish } from '../js/link/finish.js';

/** The section of debug mode in bide.h. */
const DEBUGGING = /^\/\* -+ debugging \*\/$.*?(?=^\/\* -+ \w+ \*\/$)/ms;

/** What the core uses of the C library: formatting, and the standard streams. */
const LIBC_ALONE = `
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
    static char text[100];
    snprintf(text, sizeof text, "%s %g %lld", argv[0], (double)argc, (long long)argc);
    fwrite(text, 1, sizeof text, stderr);
    fflush(NULL);
    exit(argc);
}
`;

hurry();
const header = readFileSync(join(headerDir, 'bide.h'), 'utf8');
const [functions, debugging] = [header.replace(DEBUGGING, ''), header].map(functionsOf);
const linked = await link(referToAll(functions));
const settings = { level: '2', names: false };
const sizes = {
  full: measure(await finish(linked, { ...settings, stackCheck: true })),
  unchecked: measure(await finish(linked, { ...settings, stackCheck: false })),
  plain: measure(await finish({ ...linked, wasm: withoutAsyncify(linked.wasm) }, { ...settings, stackCheck: true })),
  debug: measure(await finish(await link(referToAll(debugging)), { ...settings, stackCheck: true })),
  libc: measure(await finish(await link(LIBC_ALONE), { ...settings, stackCheck: true })),
};
process.stdout.write(JSON.stringify(sizes));

/** @param {string} text  of the program */
async function link(text) {
  const library = planLibrary('wasi');
  await makeLibrary('wasi', library);
  const dir = mkdtempSync(join(tmpdir(), 'bide-bench-'));
  try {
    const source = join(dir, 'everything.c');
    writeFileSync(source, text);
    const bytes = await makeObject(planObject(source, ['-O2', `-I${headerDir}`]));
    return await linkProgram({ inputs: [{ name: source, bytes }], target: 'wasi', library, libs: [], libDirs: [], mainOptional: false });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Names of the public functions. @param {string} text */
function functionsOf(text) {
  return [...text.matchAll(/^BIDE_API [^;(]*?\b(bide_\w+)\(/gm)].map(([, name]) => name);
}

/** A program from which the linker can drop nothing. @param {string[]} names */
function referToAll(names) {
  return [
    '#include <bide.h>',
    'typedef void function(void);',
    'static function *volatile all[] = {', ...names.map((name) => `    (function *)${name},`), '};',
    'int main(void) {',
    '    for (unsigned i = 0; i < sizeof all / sizeof *all; i++) all[i]();',
    '    return 0;',
    '}', '',
  ].join('\n');
}

/** Put the pass's imports under another module's name. Then the pass isn't run,
 *  and the calls stay, since nobody knows what they do.
 *  @param {Uint8Array} wasm */
function withoutAsyncify(wasm) {
  const bytes = Buffer.from(wasm);
  const name = Buffer.from('\x08asyncify\x0c'), other = Buffer.from('\x08measured\x0c');
  let renamed = 0;
  for (const field of ['start_unwind', 'start_rewind', 'stop_unwind', 'stop_rewind']) {
    name[name.length - 1] = other[other.length - 1] = field.length;
    const at = bytes.indexOf(Buffer.concat([name, Buffer.from(field)]));
    if (at < 0) continue;
    other.copy(bytes, at);
    renamed++;
  }
  if (renamed === 0) throw new Error('the program imports nothing from asyncify: it measures nothing');
  return bytes;
}

/** @param {Uint8Array} bytes */
function measure(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}
