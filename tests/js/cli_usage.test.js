// Wrong usage: a message and one usage line on stderr, exit 2, nothing written.

import assert from 'node:assert/strict';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { workspace } from './cli_support.js';

const FILES = { 'ok.c': 'int main(void) { return 0; }\n', 'dir/x.h': '', 'x.cpp': '', 'notes.txt': '' };

/** What is typed, and what the message must name. @type {[string[], RegExp][]} */
const WRONG = [
  [[], /no command/],
  [['frob'], /unknown command frob/],
  [['--frob'], /unknown option --frob/],
  [['run'], /no input file/],
  [['run', '--', 'ok.c'], /no input file/],
  [['run', 'none.c'], /none\.c: no such file/],
  [['run', 'dir'], /dir is a directory/],
  [['run', 'x.cpp'], /x\.cpp: only C is compiled/],
  [['run', 'notes.txt'], /notes\.txt: not a \.c/],
  [['run', 'ok.c', '--frob'], /unknown option --frob/],
  [['run', '-q', 'ok.c'], /unknown option -q/],
  [['run', 'ok.c', 'foo'], /foo: no such file; the program's arguments go after --/],
  [['run', 'ok.c', 'notes.txt'], /notes\.txt: not a \.c.* file; the program's arguments go after --/],
  [['run', 'ok.c', 'none.c'], /none\.c: no such file\n/],
  [['run', 'foo'], /foo: no such file\n/],
  [['build', 'ok.c', 'foo', '-o', 'out'], /foo: no such file\n/],
  [['run', 'ok.c', '-include', 'dir/x.h'], /unknown option -include; compile that source with a clang of your own/],
  [['run', 'ok.c', '-fno-builtin'], /unknown option -fno-builtin; compile/],
  [['run', 'ok.c', '-msimd128'], /unknown option -msimd128; compile/],
  [['build', 'ok.c', '-pthread', '-o', 'out'], /unknown option -pthread; compile/],
  [['run', 'ok.c', '-o', 'out'], /unknown option -o/],
  [['run', 'ok.c', '-I'], /-I needs a value/],
  [['run', 'ok.c', '-std'], /--std needs a value/],
  [['run', 'ok.c', '--target'], /--target needs a value/],
  [['run', 'ok.c', '--target', 'elf'], /--target can be js, wasi, not elf/],
  [['run', 'ok.c', '-O7'], /-O can be .* not 7/],
  [['run', 'ok.c', '--virtual-time=1'], /--virtual-time takes no value/],
  [['run', 'ok.c', '--debug=1'], /--debug takes no value/],
  [['run', 'ok.c', '--engine', 'node'], /--engine needs --target wasi/],
  [['run', 'ok.c', '--target', 'wasi', '--engine', 'no-such-engine'], /no-such-engine: no such program/],
  [['run', 'ok.c', '--dir', 'nowhere'], /nowhere: no such directory/],
  [['build', 'ok.c'], /-o OUT is missing/],
  [['build', 'ok.c', '-o', 'notes.txt'], /notes\.txt is not a directory/],
  [['build', 'ok.c', '-o', 'dir', '--target', 'wasi'], /dir is a directory/],
  [['build', 'ok.c', '-o', 'out', '--html', '--target', 'wasi'], /--html needs --target js/],
  [['build', 'ok.c', '-o', 'out', '--files', 'dir', '--target', 'wasi'], /--files needs --target js: .*wasmtime run --dir/],
  [['build', 'ok.c', '-o', 'out', '--files', 'nowhere'], /--files nowhere: no such directory/],
  [['build', 'ok.c', '-o', 'out', '--files', 'nowhere@/data'], /--files nowhere@\/data: no such directory/],
  [['build', 'ok.c', '-o', 'out', '--files', 'notes.txt'], /--files notes\.txt: no such directory/],
  [['run', 'ok.c', '--files', 'dir'], /unknown option --files/],
  [['build', 'ok.c', '-o', 'out.wasm'], /-o out\.wasm is the name of a module: --target wasi makes one/],
  [['build', 'ok.c', '-o', 'out', '--', 'x'], /no program arguments/],
  [['types'], /no input file/],
  [['types', 'ok.c', '-o', 'out'], /unknown option -o/],
  [['types', 'ok.c', '--target', 'wasi'], /unknown option --target/],
  [['types', 'ok.c', '--', 'x'], /no program arguments/],
  [['link'], /no input file/],
  [['link', 'none.wasm', '-o', 'out.wasm'], /none\.wasm: no such file/],
  [['link', 'dir', '-o', 'out.wasm'], /dir is a directory/],
  [['link', 'notes.txt'], /-o OUT\.wasm is missing/],
  [['link', 'notes.txt', 'ok.c', '-o', 'out.wasm'], /one module at a time: notes\.txt, not ok\.c as well/],
  [['link', 'notes.txt', '-o', 'dir'], /-o dir is a directory/],
  [['link', 'notes.txt', '-o', 'out.wasm', '--map', 'none.map'], /none\.map: no such file/],
  [['link', 'notes.txt', '-o', 'out.wasm', '--target', 'js'], /--target needs --flags/],
  [['link', 'notes.txt', '-o', 'out.wasm', '--driver'], /--driver needs --flags/],
  [['link', 'notes.txt', '-o', 'out.wasm', '--', 'x'], /no program arguments/],
  [['link', 'notes.txt', '-o', 'out.wasm', '-lm'], /unknown option -lm\n/],
  [['link', '--flags', '-o', 'out.wasm'], /-o and --map are for a module/],
  [['link', '--flags', 'none.o'], /none\.o: no such file/],
  [['link', '--flags', '--target', 'elf'], /--target can be js, wasi, not elf/],
  [['doctor', 'ok.c'], /ok\.c/],
  [['help', 'frob'], /unknown command frob/],
  [['help', 'run', 'build'], /help takes one command: run, not build as well/],
];

for (const [args, message] of WRONG) {
  test(`usage: bide ${args.join(' ')}`, (t) => {
    const { bide, dir } = workspace(t, FILES);
    const before = readdirSync(dir, { recursive: true });
    const { status, stdout, stderr } = bide(args);
    assert.match(stderr, message);
    assert.match(stderr, /\nusage: bide [^\n]*\n$/);
    assert.equal(stdout, '');
    assert.equal(status, 2);
    assert.deepEqual(readdirSync(dir, { recursive: true }), before);
  });
}

test('usage: an unreadable file', { skip: process.getuid?.() === 0 && 'root can read everything' }, (t) => {
  const { bide, dir } = workspace(t, FILES);
  chmodSync(join(dir, 'ok.c'), 0);
  const { status, stderr } = bide(['run', 'ok.c']);
  assert.match(stderr, /ok\.c can't be read\nusage: /);
  assert.equal(status, 2);
});

for (const args of [['--help'], ['run', '--help'], ['build', '--help'], ['types', '--help'], ['link', '--help'], ['doctor', '--help'], ['help'], ['help', 'link'], ['--version']]) {
  test(`usage: bide ${args.join(' ')} is answered on stdout`, (t) => {
    const { status, stdout, stderr } = workspace(t, {}).bide(args);
    assert.match(stdout, /bide/);
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
}
