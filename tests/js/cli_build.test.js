// Compiling and linking: what is found, what is reported, what is written.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { archive, compile } from '../../js/cli/clang.js';
import { Disk } from '../../js/cli/disk.js';
import { COMMAND, workspace } from './cli_support.js';

const OK = '#include <stdio.h>\nint main(void) { puts("ok"); return 0; }\n';

test('compile error: the compiler\'s text with the path as typed, exit 1, nothing written', (t) => {
  const { bide, dir } = workspace(t, { 'sub/app.c': 'int main(void) {\n    return foo;\n}\n' });
  const { status, stdout, stderr } = bide(['build', 'sub/app.c', '-o', 'out']);
  assert.match(stderr, /^sub\/app\.c:2:12: error: use of undeclared identifier 'foo'/m);
  assert.equal(stdout, '');
  assert.equal(status, 1);
  assert.equal(existsSync(join(dir, 'out')), false);
});

test('compile error: leaves an earlier output alone', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': OK });
  assert.equal(bide(['build', 'app.c', '--target', 'wasi', '-o', 'app.wasm']).status, 0);
  const before = readFileSync(join(dir, 'app.wasm'));
  writeFileSync(join(dir, 'app.c'), 'int main(void) { return }\n');
  assert.equal(bide(['build', 'app.c', '--target', 'wasi', '-o', 'app.wasm']).status, 1);
  assert.deepEqual(readFileSync(join(dir, 'app.wasm')), before);
  assert.deepEqual(readdirSync(dir).sort(), ['app.c', 'app.wasm']);
});

test('undefined symbol: names the symbol and the source', (t) => {
  const { bide } = workspace(t, { 'sub/app.c': 'void nowhere(void);\nint main(void) { nowhere(); return 0; }\n' });
  const { status, stderr } = bide(['run', 'sub/app.c']);
  assert.match(stderr, /sub\/app\.c: undefined symbol: nowhere/);
  assert.equal(status, 1);
});

test('no main: an error for run and wasi, for js only if nothing is exported', (t) => {
  const { bide, dir } = workspace(t, {
    'none.c': 'int f(void) { return 1; }\n',
    'exports.c': '#include <bide.h>\nBIDE_EXPORT int add(int a, int b) { return a + b; }\n',
  });
  for (const args of [['run', 'none.c'], ['run', 'exports.c'], ['build', 'none.c', '-o', 'none'], ['build', 'exports.c', '--target', 'wasi', '-o', 'x.wasm']]) {
    const { status, stderr } = bide(args);
    assert.match(stderr, /no main function.* in (none|exports)\.c/, args.join(' '));
    assert.equal(status, 1);
  }
  assert.equal(bide(['build', 'exports.c', '-o', 'lib']).status, 0);
  assert.equal(existsSync(join(dir, 'lib/app.wasm')), true);
});

test('two main functions: an error, whether or not they take arguments', (t) => {
  const { bide, dir } = workspace(t, {
    'a.c': OK, 'b.c': OK, 'args.c': 'int main(int n, char **args) { (void)args; return n; }\n', 'weak.c': '__attribute__((weak)) int main(void) { return 0; }\n',
  });
  for (const other of ['b.c', 'args.c']) {
    const { status, stderr } = bide(['build', 'a.c', other, '-o', 'out']);
    assert.deepEqual([status, stderr], [1, `bide: error: each of a.c, ${other} has a main function\n`]);
  }
  assert.equal(bide(['build', 'args.c', 'weak.c', '-o', 'out']).status, 0);
  assert.equal(existsSync(join(dir, 'out/app.wasm')), true);
});

test('includes: beside the source, upwards, through -I, from headers, in a branch not taken, by a macro', (t) => {
  const { bide } = workspace(t, {
    'src/app.c': `#include "near.h"
#include "../top.h"
#include <lib/far.h>
#if 0
#include "missing.h"
#endif
#define NAMED "named.h"
#include NAMED
#include <stdio.h>
int main(void) { printf("%d %s\\n", NEAR + TOP + FAR + DEEP + BY_NAME, __FILE__); return 0; }
`,
    'src/near.h': '#define NEAR 1\n', 'top.h': '#define TOP 10\n', 'src/top.h': '#error the wrong one\n',
    'inc/lib/far.h': '#define FAR 100\n#include "deep.h"\n', 'inc/lib/deep.h': '#define DEEP 1000\n', 'src/named.h': '#define BY_NAME 10000\n',
  });
  for (const inc of [['-Iinc'], ['-I', 'inc']]) {
    assert.deepEqual(bide(['run', 'src/app.c', ...inc]), { status: 0, stdout: '11111 src/app.c\n', stderr: '' });
  }
});

test('options: -D, -U, -std, -W and -O reach the compiler, before or after the files', (t) => {
  const { bide } = workspace(t, { 'app.c': `#include <stdio.h>
#ifdef GONE
#error GONE is defined
#endif
int main(void) { int unused; printf("%d %ld %d\\n", N, __STDC_VERSION__, __OPTIMIZE__); return 0; }
` });
  const before = bide(['run', '-DN=3', '-D', 'GONE', '-UGONE', '-std=c11', '-Wall', '-O1', 'app.c']);
  assert.equal(before.stdout, '3 201112 1\n');
  assert.match(before.stderr, /app\.c:5:22: warning: unused variable 'unused'/);
  assert.equal(bide(['run', 'app.c', '-D', 'N=4', '--std=c17', '-Oz']).stdout, '4 201710 1\n');
});

test('inputs: several sources, an assembly file, an object, an archive, -l with -L', async (t) => {
  const { bide, dir } = workspace(t, {
    'main.c': '#include <stdio.h>\nint twice(int), seven(void);\nint main(void) { printf("%d\\n", twice(seven())); return 0; }\n',
    'twice.c': 'int twice(int x) { return 2 * x; }\n',
    'seven.S': '.globl seven\n.type seven,@function\nseven:\n.functype seven () -> (i32)\ni32.const 7\nend_function\n',
  });
  assert.equal(bide(['run', 'main.c', 'twice.c', 'seven.S']).stdout, '14\n');

  const disk = new Disk();
  const { object } = await compile({ source: join(dir, 'twice.c'), flags: ['--target=wasm32-wasip1', '-O2'] }, (path) => disk.look(path));
  writeFileSync(join(dir, 'twice.o'), object);
  mkdirSync(join(dir, 'lib'));
  writeFileSync(join(dir, 'lib/libtwice.a'), await archive({ 'twice.o': object }));
  for (const inputs of [['twice.o'], ['lib/libtwice.a'], ['-Llib', '-ltwice'], ['-L', 'lib', '-l', 'twice']]) {
    assert.equal(bide(['run', 'main.c', 'seven.S', ...inputs]).stdout, '14\n', inputs.join(' '));
  }
});

test('incremental: what hasn\'t changed isn\'t compiled again, a changed header is noticed', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': '#include <stdio.h>\n#include "n.h"\nint main(void) { printf("%d\\n", N); return 0; }\n', 'n.h': '#define N 1\n' });
  const run = () => bide(['run', '-v', 'app.c']);
  assert.match(run().stderr, /wasm-ld/);
  assert.deepEqual(run(), { status: 0, stdout: '1\n', stderr: '' });
  writeFileSync(join(dir, 'n.h'), '#define N 2\n');
  const changed = run();
  assert.match(changed.stderr, /-cc1 .*app\.c/);
  assert.equal(changed.stdout, '2\n');
});

test('cache: two at once, in a cache that is empty, don\'t disturb each other', async (t) => {
  const { dir } = workspace(t, { 'app.c': OK });
  const runs = [1, 2].map(() => new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, 'run', 'app.c'], { cwd: dir, env: { ...process.env, BIDE_CACHE: join(dir, 'cache') } });
    let out = '';
    child.stdout.on('data', (chunk) => { out += chunk; });
    child.on('close', (code) => resolve([code, out]));
  }));
  assert.deepEqual(await Promise.all(runs), [[0, 'ok\n'], [0, 'ok\n']]);
});

test('build js: a folder that Node imports as it is, with nothing else in it', async (t) => {
  const { bide, dir } = workspace(t, { 'app.c': '#include <bide.h>\nBIDE_EXPORT int add(int a, int b) { return a + b; }\nint main(void) { return 5; }\n' });
  assert.deepEqual(bide(['build', 'app.c', '-o', 'out']), { status: 0, stdout: '', stderr: '' });
  assert.deepEqual(readdirSync(join(dir, 'out')).sort(), ['app.d.mts', 'app.d.ts', 'app.mjs', 'app.wasm']);
  const { load, default: same } = await import(pathToFileURL(join(dir, 'out/app.mjs')).href);
  assert.equal(load, same);
  const app = await load();
  assert.equal(await app.exports.add(1, 2), 3);
  assert.equal(await app.run(), 5);
  renameSync(join(dir, 'out/app.wasm'), join(dir, 'elsewhere.wasm'));
  const fromModule = await load({ module: await WebAssembly.compile(readFileSync(join(dir, 'elsewhere.wasm'))) });
  assert.equal(await fromModule.exports.add(3, 4), 7);
  await fromModule.close();
  await assert.rejects(fromModule.exports.add(1, 2), { code: 'EXIT' });
  await assert.rejects(load(), { code: 'ENOENT' });
});

/** Programs that each need one part of the runtime: what app.exports.f() or run() gives, and what is printed. */
const PARTS = {
  'an export': ['BIDE_EXPORT int f(void) { return 3; }', 3, ''],
  'an export that sleeps': ['BIDE_EXPORT int f(void) { return bide_sleep(0.001); }', 0, ''],
  'a text': ['BIDE_EXPORT int f(const char *text) { return text[1]; }', 98, '', 'ab'],
  'a promise': [`BIDE_IMPORT_PROMISE("soon") bide_promise soon(void);
    static int g(void *a) { (void)a; bide_value v; BIDE_TRY(bide_await_promise(soon(), &v)); printf("%g\\n", v.f64); return 0; }
    int main(void) { return bide_main(g, NULL); }`, 0, '5\n'],
  'an int that is thrown': ['BIDE_IMPORT("refuse") int refuse(void); int main(void) { puts(refuse() == BIDE_EKEY ? "no key" : "a key"); return 0; }', 0, 'no key\n'],
  'stdin': ['int main(void) { char line[8]; puts(fgets(line, sizeof line, stdin) ? line : "none"); return 0; }', 0, 'in\n'],
  'stdin in a task': [`static int g(void *a) { (void)a; char line[8]; puts(fgets(line, sizeof line, stdin) ? line : "none"); return 0; }
    int main(void) { return bide_main(g, NULL); }`, 0, 'in\n'],
};

for (const [what, [source, value, printed, ...args]] of Object.entries(PARTS)) {
  test(`build js: app.mjs has what the program uses: ${what}`, async (t) => {
    const { bide, dir } = workspace(t, { 'app.c': `#include <bide.h>\n#include <stdio.h>\n${source}\n` });
    assert.deepEqual(bide(['build', 'app.c', '-o', 'out']), { status: 0, stdout: '', stderr: '' });
    const { load, BideError } = await import(pathToFileURL(join(dir, 'out/app.mjs')).href);
    const imports = { soon: async () => 5, refuse() { throw new BideError('EKEY', 'no such key'); } };
    let out = '';
    const app = await load({ imports, stdin: 'in', stdout: (/** @type {Uint8Array} */ bytes) => { out += new TextDecoder().decode(bytes); } });
    assert.equal(await (app.exports.f ?? app.run.bind(app))(...args), value);
    assert.equal(out, printed);
    await app.close();
    await assert.rejects(app.run(), { code: 'EXIT' });
  });
}

test('types: what build writes as app.d.mts, and as app.d.ts', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': '#include <bide.h>\n/* Adds. */\nBIDE_EXPORT int add(int a, int b) { return a + b + X; }\n' });
  const { status, stdout, stderr } = bide(['types', 'app.c', '-DX=1']);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.match(stdout, /^ {2}\/\*\* Adds\. \*\/\n {2}add\(/m);
  assert.deepEqual(readdirSync(dir), ['app.c']);
  assert.equal(bide(['build', 'app.c', '-DX=1', '-o', 'out']).status, 0);
  for (const name of ['app.d.mts', 'app.d.ts']) assert.equal(readFileSync(join(dir, 'out', name), 'utf8'), stdout);
  assert.match(bide(['types', 'app.c']).stderr, /undeclared identifier 'X'/);
});

test('build js --html: a page without inline scripts', (t) => {
  const { bide, dir } = workspace(t, { 'app.c': OK });
  assert.equal(bide(['build', 'app.c', '-o', 'out', '--html']).status, 0);
  assert.deepEqual(readdirSync(join(dir, 'out')).sort(), ['app.d.mts', 'app.d.ts', 'app.mjs', 'app.wasm', 'icon.svg', 'index.css', 'index.html', 'index.js']);
  assert.doesNotMatch(readFileSync(join(dir, 'out/index.html'), 'utf8'), /<script[^>]*>[^<]/);
});

test('build js --html: argv[0] is the program, the page\'s arguments follow', async (t) => {
  const { bide, dir } = workspace(t, { 'say it\'s.c': '#include <stdio.h>\nint main(int n, char **v) { for (int i = 0; i < n; i++) printf("[%s]", v[i]); }\n' });
  assert.equal(bide(['build', 'say it\'s.c', '-o', 'out', '--html']).status, 0);
  const page = `
    let text = '';
    const element = () => ({ append({ textContent }) { text += textContent; } });
    globalThis.document = { getElementById: element, createElement: element };
    globalThis.location = { search: '?arg=a&arg=b' };
    await import('./out/index.js');
    process.stdout.write(text);`;
  writeFileSync(join(dir, 'page.mjs'), page);
  const { stdout, stderr } = spawnSync(process.execPath, ['page.mjs'], { cwd: dir, encoding: 'utf8' });
  assert.deepEqual({ stdout, stderr }, { stdout: "[say it's][a][b]", stderr: '' });
});

test('link: a file that is no object is refused in a sentence', (t) => {
  const module = '\0asm\x01\0\0\0';
  const wrong = /** @type {const} */ ([
    ['empty.o', '', 'is neither an object nor an archive'],
    ['text.a', 'text\n', 'is neither an object nor an archive'],
    ['elf.o', '\x7fELF', 'is neither an object nor an archive'],
    ['lto.o', Buffer.from([0x42, 0x43, 0xc0, 0xde, 0x35]), 'is bitcode of LLVM: compile it without -flto'],
    ['cut.o', `${module}\x01\x7f`, 'is damaged: it ends too early'],
    ['linked.o', module, 'is a linked module, and no object'],
  ]);
  const { bide, dir } = workspace(t, { 'app.c': OK });
  for (const [name, content, sentence] of wrong) {
    writeFileSync(join(dir, name), content);
    const refused = { status: 1, stdout: '', stderr: `bide: ${name} ${sentence}\n` };
    assert.deepEqual(bide(['build', 'app.c', name, '-o', 'out']), refused);
    assert.deepEqual(bide(['link', '--flags', name]), refused);
  }
  assert.equal(existsSync(join(dir, 'out')), false);
});

test('build wasi: imports nothing but preview 1, exports the memory and _start', async (t) => {
  const { bide, dir } = workspace(t, { 'app.c': '#include <bide.h>\nstatic int f(void *a) { (void)a; return bide_sleep(0.001); }\nint main(void) { return bide_main(f, 0); }\n' });
  assert.equal(bide(['build', 'app.c', '--target', 'wasi', '-o', 'app.wasm']).status, 0);
  const module = await WebAssembly.compile(readFileSync(join(dir, 'app.wasm')));
  assert.deepEqual([...new Set(WebAssembly.Module.imports(module).map((i) => i.module))], ['wasi_snapshot_preview1']);
  assert.deepEqual(WebAssembly.Module.exports(module).map((e) => e.name).sort(), ['_start', 'memory']);
});

test('doctor: says what is used and exits 0', (t) => {
  const { status, stdout } = workspace(t, {}).bide(['doctor']);
  assert.match(stdout, /ok +@yowasp\/clang +22/);
  assert.match(stdout, /bide run uses this Node/);
  assert.equal(status, 0);
});
