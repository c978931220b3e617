// Which files a source is made of: all that the compiler looks for, however their names come about.

import assert from 'node:assert/strict';
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { makeObject, planObject } from '../../js/cli/compile.js';
import { workspace } from './cli_support.js';

const TEXT = `#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
`;

const EVERY_WAY = `#include <stdio.h>
#include "text.h"
#include GIVEN
#include TEXT(made.h)
#include TEXT(DIR/PART.h)
#include /* a comment */ "comment.h"
%:include "digraph.h"
#inc\\
lude "splice.h"
#import TEXT(import.h)
#include <TEXT_ME>
#undef NEXT
#define NEXT <next.h>
#include NEXT
#define HAS(x) __has_include(x)
#define COUNT(x) enum { x = __COUNTER__ }
COUNT(first);
#if HAS(TEXT(sub/there.h))
COUNT(a);
#endif
#if HAS(TEXT(sub/not.h))
COUNT(b);
#endif
#if __has_embed(TEXT(data.bin))
COUNT(c);
#endif
const char embedded[] = {
#embed TEXT(data.bin)
, 0 };
extern const char incbin[];
__asm__(".section .rodata.incbin,\\"\\",@\\n.globl incbin\\nincbin: .incbin \\"" TEXT(sub/PART.bin) "\\"\\n.byte 0\\n.size incbin, 5\\n.type incbin,@object");
int in_s(void), in_S(void);
int main(void) {
    printf("%d%d%d%d%d%d%d%d%d %d %s %s %d%d\\n", given, made, part, comment, digraph, splice, imported, macro_name, next, __COUNTER__, embedded, incbin, in_s(), in_S());
    return 0;
}
`;

/** @param {string} name  @param {string} value  an instruction's operand */
const assembly = (name, value) => `.globl ${name}\n.type ${name},@function\n${name}:\n .functype ${name} () -> (i32)\n i32.const ${value}\n end_function\n`;

test('includes: every way to name a file', (t) => {
  const { bide } = workspace(t, {
    'app.c': EVERY_WAY, 'text.h': TEXT, 'given.h': 'enum { given = 1 };\n', 'made.h': 'enum { made = 2 };\n', 'sub/named.h': 'enum { part = 3 };\n',
    'comment.h': 'enum { comment = 4 };\n', 'digraph.h': 'enum { digraph = 5 };\n', 'splice.h': 'enum { splice = 6 };\n', 'import.h': 'enum { imported = 7 };\n',
    'TEXT_ME': 'enum { macro_name = 8 };\n', 'next.h': '#include_next NEXT\n', 'sub/next.h': 'enum { next = 9 };\n', 'sub/there.h': '', 'data.bin': 'data', 'sub/named.bin': 'four',
    's.s': '.include "s.inc"\n', 's.inc': assembly('in_s', '1'), 'S.S': `#include VALUE_FILE\n${assembly('in_S', 'VALUE')}`, 'S.h': '#define VALUE 2\n',
  });
  const args = ['run', '-I.', '-Isub', '-DGIVEN="given.h"', '-DDIR=sub', '-DPART=named', '-DVALUE_FILE="S.h"', '-std=gnu23', 'app.c', 's.s', 'S.S'];
  assert.deepEqual(bide(args), { status: 0, stdout: '123456789 3 data four 12\n', stderr: '' });
});

test('includes: a change of any file that was looked for is noticed, also that it is there now', (t) => {
  const source = `${TEXT}#include <stdio.h>
#include TEXT(config.h)
#if __has_include(TEXT(DIR/extra.h))
#define EXTRA 1
#else
#define EXTRA 0
#endif
const char data[] = {
#embed TEXT(data.bin)
, 0 };
int main(void) { printf("%d %d %s\\n", CONFIG, EXTRA, data); return 0; }
`;
  const { bide, dir } = workspace(t, { 'app.c': source, 'late/config.h': '#define CONFIG 1\n', 'data.bin': 'a' });
  const run = () => bide(['run', '-std=c23', '-Iearly', '-Ilate', '-DDIR=sub', 'app.c']);
  const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFileSync(join(dir, name), text);
  assert.deepEqual(run(), { status: 0, stdout: '1 0 a\n', stderr: '' });
  write('late/config.h', '#define CONFIG 2\n');
  assert.equal(run().stdout, '2 0 a\n');
  write('data.bin', 'b');
  assert.equal(run().stdout, '2 0 b\n');
  mkdirSync(join(dir, 'sub'));
  write('sub/extra.h', '');
  assert.equal(run().stdout, '2 1 b\n');
  mkdirSync(join(dir, 'early'));
  write('early/config.h', '#define CONFIG 3\n');
  assert.equal(run().stdout, '3 1 b\n');
  rmSync(join(dir, 'early/config.h'));
  assert.equal(run().stdout, '2 1 b\n');
  rmSync(join(dir, 'late/config.h'));
  const { status, stderr } = run();
  assert.match(stderr, /^app\.c:\d+:10: fatal error: 'config\.h' file not found/);
  assert.equal(status, 1);
});

test('includes: what is made again in another process is what the first one made', (t) => {
  const { bide } = workspace(t, { 'app.c': `${TEXT}#include TEXT(config.h)\nint main(void) { return CONFIG; }\n`, 'config.h': '#define CONFIG 3\n' });
  assert.equal(bide(['run', 'app.c', '-v']).status, 3);
  assert.deepEqual(bide(['run', 'app.c', '-v']), { status: 3, stdout: '', stderr: '' }, 'nothing is compiled');
});

test('includes: folders and files are those of the system: links, `..` behind a link, one file of two names', (t) => {
  const { bide, dir } = workspace(t, {
    'app.c': '#include "link/../beside.h"\n#include "once.h"\n#include "again.h"\n#include "hard.h"\nint main(void) { return beside + once; }\n',
    'far/away/x.h': '', 'far/beside.h': 'enum { beside = 3 };\n', 'beside.h': 'enum { beside = 4 };\n', 'once.h': '#pragma once\nenum { once = 5 };\n',
  });
  symlinkSync('far/away', join(dir, 'link'));
  symlinkSync('once.h', join(dir, 'again.h'));
  linkSync(join(dir, 'once.h'), join(dir, 'hard.h'));
  assert.deepEqual(bide(['run', 'app.c']), { status: 8, stdout: '', stderr: '' });
});

test('includes: the headers of the machine are not libc\'s', (t) => {
  const { bide } = workspace(t, { 'app.c': '#if __has_include(<gnu/libc-version.h>) || __has_include(<linux/version.h>)\n#error\n#endif\n#include <stdio.h>\nint main(void) { return 0; }\n' });
  assert.deepEqual(bide(['run', 'app.c']), { status: 0, stdout: '', stderr: '' });
});

test('includes: a header that can\'t be read', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': '#include "loop.h"\nint main(void) { return 0; }\n' });
  symlinkSync('loop.h', join(dir, 'loop.h'));
  const { status, stderr } = bide(['run', 'app.c']);
  assert.match(stderr, /^app\.c:1:10: fatal error: cannot open file '\.\/loop\.h': Symbolic link loop/);
  assert.equal(status, 1);
});

test('includes: a folder may take the place of a file, and another file that of the folder', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': '#include "place/it.h"\nint main(void) { return IT; }\n', 'place/it.h': '#define IT 1\n' });
  assert.equal(bide(['run', 'app.c']).status, 1);
  renameSync(join(dir, 'place'), join(dir, 'away'));
  mkdirSync(join(dir, 'place/it.h'), { recursive: true });
  assert.match(bide(['run', 'app.c']).stderr, /'place\/it\.h' (is a directory|file not found)|Is a directory/);
});

test('includes: sources that are compiled at once, by one process', async (t) => {
  const { dir } = workspace(t, { 'a.c': '#include "it.h"\n', 'it.h': 'int it = IT;\n' });
  const before = process.env.BIDE_CACHE;
  process.env.BIDE_CACHE = join(dir, 'cache');
  t.after(() => before === undefined ? delete process.env.BIDE_CACHE : process.env.BIDE_CACHE = before);
  const objects = await Promise.all([1, 2, 1].map((it) => makeObject(planObject(join(dir, 'a.c'), [`-DIT=${it}`]))));
  assert.deepEqual(objects[0], objects[2]);
  assert.notDeepEqual(objects[0], objects[1]);
});
