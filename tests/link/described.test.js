// What the macros of bide/js.h leave for the build: what is refused, with its place, and what the finished module has of it.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { archive } from '../../js/cli/clang.js';
import { makeObject, planObject } from '../../js/cli/compile.js';
import { headerDir } from '../../js/cli/library.js';
import { withCustomSection } from '../../js/link/wasm.js';
import { workspace } from '../js/cli_support.js';
import { linkedProgram } from './linked.js';

/** Macros without a function behind them. */
const MACROS = readFileSync(new URL('../support/described.h', import.meta.url), 'utf8');
const MAIN = '#include "macros.h"\nint main(void) { return 0; }\n';

/** The custom sections of a module, by their names. @param {string} path */
function sectionsOf(path) {
  const module = new WebAssembly.Module(readFileSync(path)), decode = (/** @type {string} */ name) => WebAssembly.Module.customSections(module, name).map((bytes) => new TextDecoder().decode(bytes));
  return Object.fromEntries(['bide_function', 'bide_javascript', 'bide_types', 'bide:functions', 'bide:javascript'].map((name) => [name, decode(name)]));
}

const NONE = { bide_function: [], bide_javascript: [], bide_types: [], 'bide:functions': [], 'bide:javascript': [] };

it('the finished module has names and signatures, and nothing else', (t) => {
  const { bide, dir } = workspace(t, { 'macros.h': MACROS, 'a.c': `${MAIN}FUNCTION(greet, "(name: string): Promise<string>");\nTYPES("export type A = 1;");\n`, 'b.c': `#include "macros.h"
#define NUMBER "number"
FUNCTION(odd, "(a: 'x' | \\"y\\" | \`\${string}%s\\\\n\`, größe: " NUMBER ")" ": void");
FUNCTION(area, "(w: number): number");
JAVASCRIPT(unused, "(): void", "return;");
` });
  assert.deepEqual(bide(['build', 'a.c', 'b.c', '-o', 'out']), { status: 0, stdout: '', stderr: '' });
  const { 'bide:functions': [json], ...rest } = sectionsOf(join(dir, 'out/app.wasm'));
  assert.deepEqual(JSON.parse(json), [
    { name: 'greet', signature: '(name: string): Promise<string>' },
    { name: 'odd', signature: "(a: 'x' | \"y\" | `${string}%s\\n`, größe: number): void" },
    { name: 'area', signature: '(w: number): number' },
  ]);
  assert.deepEqual({ ...rest, 'bide:functions': [] }, NONE);
  assert.equal(bide(['build', 'a.c', 'b.c', '--target', 'wasi', '-o', 'app.wasm']).status, 0);
  assert.deepEqual(sectionsOf(join(dir, 'app.wasm')), NONE);
});

it('texts are as long as they are, and a generator need not name its items', async (t) => {
  const long = 'x'.repeat(300_000);
  const { bide, dir } = workspace(t, { 'app.c': `#include <bide.h>
#include <bide/js.h>
BIDE_TYPES("export type Long = '${long}';");
BIDE_JAVASCRIPT(long_one, "(): number", "return '${long}'.length;");
BIDE_FUNCTION(length, "(): number") { bide_value v; BIDE_TRY(long_one(NULL, 0, &v)); return bide_return_value(v); }
BIDE_FUNCTION(later, "(): AsyncGenerator") { return bide_yield(bide_i64(1), NULL); }
BIDE_FUNCTION(now, "(): Generator") { return bide_yield(bide_text("a"), NULL); }
` });
  assert.deepEqual(bide(['build', 'app.c', '--target', 'js', '-o', 'out']), { status: 0, stdout: '', stderr: '' });
  assert.ok(readFileSync(join(dir, 'out/app.d.mts'), 'utf8').includes(`export type Long = '${long}';`));
  const { load } = await import(pathToFileURL(join(dir, 'out/app.mjs')).href), { exports } = await load();
  assert.equal(exports.length(), 300_000);
  assert.deepEqual([...exports.now(), (await exports.later().next()).value], ['a', 1]);
});

/** What is wrong in a file whose first line includes the macros. The place is where the macro begins. @type {Record<string, [source: string, errors: string]>} */
const WRONG = {
  'a signature': ['FUNCTION(f, "(a?: number, b: number): void");', 'app.c:2: error: f: the parameter b is required, and stands behind a, which is optional\n'],
  'a signature in two lines': ['\nFUNCTION(f,\n  "(a: number");', 'app.c:3: error: f: a ) is missing\n'],
  'no literal': ['FUNCTION(f, SIGNATURE);', 'app.c:2: error: f: the signature is no string literal\n'],
  'all that is wrong': [`FUNCTION(f, "(...a: number[], b: number): void");
FUNCTION(f, "(a): void");
JAVASCRIPT(g, "()", "return 1;");
JAVASCRIPT(g, "(): void", "");
TYPES(Todo);`, `app.c:2: error: f: the parameter b stands behind ...a, which takes all the rest
app.c:3: error: f: the parameter a has no type
app.c:3: error: f: it is defined a second time; the first one is at app.c:2
app.c:4: error: g: the type of the result is missing; it stands behind the parameters and a colon
app.c:5: error: g: it is defined a second time; the first one is at app.c:4
app.c:6: error: BIDE_TYPES: the text is no string literal
`],
  'a name of BIDE_EXPORT': ['FUNCTION(f, "(): void");\n__attribute__((used, visibility("default"))) int f(void) { return 0; }', 'app.c:2: error: f: a function marked BIDE_EXPORT has the same name\n'],
};

for (const [what, [source, errors]] of Object.entries(WRONG)) {
  it(`build refuses ${what}`, (t) => {
    const { bide, dir } = workspace(t, { 'macros.h': MACROS, 'app.c': `#include "macros.h"\n${source}\n`, 'main.c': MAIN });
    assert.deepEqual(bide(['build', 'main.c', 'app.c', '-o', 'out']), { status: 1, stdout: '', stderr: errors });
    assert.equal(existsSync(join(dir, 'out')), false);
  });
}

it('run refuses the same, on each target, and link', async (t) => {
  const { bide, dir } = workspace(t, { 'macros.h': MACROS, 'app.c': `${MAIN}FUNCTION(f, "(");\n` });
  const refused = { status: 1, stdout: '', stderr: 'app.c:3: error: f: a ) is missing\n' };
  assert.deepEqual(bide(['run', 'app.c']), refused);
  assert.deepEqual(bide(['run', '--target', 'wasi', 'app.c']), refused);
  const { wasm } = await linkedProgram('workers', 'js'), described = (/** @type {string} */ text) => withCustomSection(wasm, 'bide_function', new TextEncoder().encode(text));
  writeFileSync(join(dir, 'bad.wasm'), described('f\0"("\0app.c\x003\0'));
  assert.deepEqual(bide(['link', 'bad.wasm', '-o', 'out.wasm']), refused);
  assert.equal(existsSync(join(dir, 'out.wasm')), false);
  writeFileSync(join(dir, 'good.wasm'), described('f\0"(): void"\0app.c\x003\0'));
  assert.deepEqual(bide(['link', 'good.wasm', '-o', 'out.wasm']), { status: 0, stdout: '', stderr: '' });
  assert.deepEqual(sectionsOf(join(dir, 'out.wasm')), { ...NONE, 'bide:functions': ['[{"name":"f","signature":"(): void"}]'] });
});

it('a name that two files define is one error, behind the warnings of the compiler', (t) => {
  const { bide } = workspace(t, { 'macros.h': MACROS, 'a.c': `${MAIN}FUNCTION(f, "(): void");\n`, 'sub/b.c': '#include "../macros.h"\n#warning look\nFUNCTION(f, "(): void");\n' });
  const { status, stderr } = bide(['build', 'a.c', 'sub/b.c', '-o', 'out']);
  assert.match(stderr, /sub\/b\.c:2:2: warning: look[^]*\nsub\/b\.c:3: error: f: it is defined a second time; the first one is at a\.c:3\n$/);
  assert.equal(status, 1);
});

it('an object and an archive are looked at, as far as they are linked', async (t) => {
  const { bide, dir } = workspace(t, { 'macros.h': MACROS, 'main.c': `${MAIN}int f(void);\n`, 'bad.c': '#include "macros.h"\nint f(void) { return 0; }\nFUNCTION(f, "(");\n' });
  const object = await makeObject(planObject(join(dir, 'bad.c'), [`-I${headerDir}`]));
  writeFileSync(join(dir, 'bad.o'), object);
  writeFileSync(join(dir, 'libbad.a'), await archive({ 'bad.o': object }));
  const error = `${join(dir, 'bad.c')}:3: error: f: a ) is missing\n`;
  assert.deepEqual(bide(['run', 'main.c', 'bad.o']), { status: 1, stdout: '', stderr: error });
  assert.deepEqual(bide(['run', 'main.c', 'libbad.a']), { status: 0, stdout: '', stderr: '' });
  writeFileSync(join(dir, 'calls.c'), '#include "macros.h"\nint f(void);\nint main(void) { return f(); }\n');
  assert.deepEqual(bide(['run', 'calls.c', 'libbad.a']), { status: 1, stdout: '', stderr: error });
});
