// The bodies of BIDE_JAVASCRIPT: which texts are refused, and where the others stand.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkDescribed } from '../../js/cli/described.js';
import { load } from '../../js/index.js';
import { COMMAND, workspace } from './cli_support.js';

/** @param {string} body  @param {string} [signature] */
const check = (body, signature = '(a: number, b?: string): void') => (
  checkDescribed({ functions: [], types: [], javascript: [{ name: 'f', signature, body, file: 'app.c', line: 7 }] }));

describe('a body is accepted', () => {
  /** @type {[body: string, signature?: string][]} */
  const right = [
    [''], ['return a + b;'], ['return { a, b }'], ['// }'], ['/* { */ let c = "}"; return `}${a}`;'], ['return /[{}]/.test(b)'], ['return async () => { await a; }'],
    ['return new.target ?? arguments.length + this;'], ['return import.meta.url'], ['return (await import("./other.js")).default', '(): Promise<number>'],
    ['for await (const one of a) await one;', '(a: AsyncIterable<number>): Promise<void>'], ['yield 1; yield* a;', '(a: number[]): Generator<number>'],
    ['yield await a;', '(a: any): AsyncGenerator<number>'], ['return rest.length', '(...rest: string[]): number'], ['class A { static #b = 1; } function g() {}'], ['"use strict"; return a'],
  ];
  for (const [body, signature] of right) it(body, () => check(body, signature));
});

describe('a body is refused', () => {
  /** @type {[body: string, error: string, signature?: string][]} */
  const wrong = [
    ['return a b;', 'f: Expected ";" but found "b"\n    return a b;\n             ^'],
    ['let c;\n\tif (a ! b) {}', 'f: Unexpected "!"\n     if (a ! b) {}\n           ^'],
    ['if (a) {', 'f: Unexpected end of file\n    }\n     ^'],
    ['if (a) }', 'f: Unexpected "}"\n    if (a) }\n           ^'],
    ['} function g() {', 'f: the body closes a brace that it has not opened'],
    ['}\n g()\n {', 'f: the body closes a brace that it has not opened'],
    ['}(1), {', 'f: the body closes a brace that it has not opened'],
    ['}, g() {', 'f: Unexpected ","\n    }, g() {\n     ^'],
    ['/* a', 'f: Expected "*/" to terminate multi-line comment\n    }\n     ^'],
    ['return "a', 'f: Unterminated string literal\n    return "a\n             ^'],
    ['await a;', 'f: "await" can only be used inside an "async" function\n    await a;\n    ^'],
    ['yield a;', 'f: Cannot use "yield" outside a generator function\n    yield a;\n    ^', '(a: any): Promise<void>'],
    ['with (a) b;', 'f: With statements cannot be used in an ECMAScript module\n    with (a) b;\n    ^'],
    ['let a;', 'f: The symbol "a" has already been declared\n    let a;\n        ^'],
    ['return /(/;', 'f: Invalid regular expression: /(/: Unterminated group'],
    ['return a as number;', 'f: Expected ";" but found "as"\n    return a as number;\n             ^'],
    ['', 'f: "package" is a reserved word and cannot be used in an ECMAScript module', '(package: string): void'],
    ['return a b;', 'f: the parameter a has no type', '(a): void'],
  ];
  for (const [body, error, signature] of wrong) {
    it(JSON.stringify(body), () => assert.rejects(check(body, signature), { message: `app.c:7: error: ${error}\n` }));
  }
});

describe('TypeScript is refused', () => {
  const at = { file: 'app.c', line: 7 };
  it('in a signature', () => assert.rejects(
    checkDescribed({ functions: [{ name: 'f', signature: '(a: { b: number c: string }): void', ...at }], types: [], javascript: [] }),
    { message: 'app.c:7: error: f: the signature is no TypeScript: Unexpected "c"\n    (a: { b: number c: string }): void\n                    ^\n' }));
  it('in BIDE_TYPES', () => assert.rejects(
    checkDescribed({ functions: [], types: [{ text: 'export interface A { b: }', ...at }], javascript: [] }),
    { message: 'app.c:7: error: BIDE_TYPES: Unexpected "}"\n    export interface A { b: }\n                            ^\n' }));
});

/** Prints what its bodies give. One of them is used by nobody. */
const PROGRAM = `#include <bide.h>
#include <bide/js.h>
#include <stdio.h>
BIDE_JAVASCRIPT(half, "(n: number): number",
  "// it's \`\\u0041\`, 100% \\"ü\\"\\n"
  "if (n === 'import(') return Function;\\n"
  "return n / 2;  // half");
BIDE_JAVASCRIPT(twice, "(n: number): number", "return [n, n].reduce((a, b) => a + b) + (a => 0)(this);");
BIDE_JAVASCRIPT(unused, "(): void", "void import('./nowhere.js');");
static double number(int f(const bide_value *args, size_t n, bide_value *out), double n) {
    bide_value v;
    return f((bide_value[]){ bide_f64(n) }, 1, &v) == 0 ? v.f64 : -1;
}
int main(void) { printf("%g %g\\n", number(half, 14), number(twice, 4)); return 0; }
`;
const FILES = { 'app.c': PROGRAM };

/** @param {string} dir  @param {string[]} args  @returns {string} what this Node prints, where no text becomes code */
function strict(dir, args) {
  const { stdout, stderr } = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', ...args], { cwd: dir, encoding: 'utf8' });
  return stdout + stderr;
}

it('the bodies that a program uses are functions of app.mjs, and no text becomes code', async (t) => {
  const { bide, dir } = workspace(t, FILES);
  assert.deepEqual(bide(['build', 'app.c', '-o', 'out']), { status: 0, stdout: '', stderr: '' });
  const text = readFileSync(join(dir, 'out/app.mjs'), 'utf8');
  assert.match(text, /"import\("/);
  assert.doesNotMatch(text, /nowhere/);
  assert.doesNotMatch(text, /never retrieved/, 'nothing is waited for');
  writeFileSync(join(dir, 'main.mjs'), "import load from './out/app.mjs';\nawait (await load()).run();\nawait (await load({ imports: { half: () => 1 } })).run();\n"
    + 'await (await load({ imports: async (app) => ({ twice: () => app.exports === undefined ? 0 : 2 }) })).run();\n');
  assert.equal(strict(dir, ['main.mjs']), '7 8\n1 8\n7 2\n');
  writeFileSync(join(dir, 'thread.mjs'), "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('main.mjs', import.meta.url));\n");
  assert.equal(strict(dir, ['thread.mjs']), '7 8\n1 8\n7 2\n');
  assert.match(readFileSync(join(dir, 'out/app.d.mts'), 'utf8'), /^export interface Imports {\n {2}half\?\(n: number\): number;\n {2}twice\?\(n: number\): number;\n}\n/m);
});

it('the bare module names each function that it lacks, and takes them as imports', async (t) => {
  const { bide, dir } = workspace(t, FILES);
  assert.equal(bide(['build', 'app.c', '-o', 'out']).status, 0);
  const bytes = readFileSync(join(dir, 'out/app.wasm'));
  await assert.rejects(load(bytes), { name: 'TypeError', message: 'load: the program imports functions that `imports` lacks: half, twice' });
  let out = '';
  const app = await load(bytes, { imports: { half: () => 1, twice: () => 2 }, stdout: (chunk) => { out += chunk; } });
  assert.equal(await app.run(), 0);
  assert.equal(out, '1 2\n');
});

it('bide run has them, and no text becomes code', (t) => {
  const { dir } = workspace(t, FILES);
  assert.equal(strict(dir, [COMMAND, 'run', 'app.c']), '7 8\n');
});

it('build and run refuse a body, and name its place', (t) => {
  const { bide } = workspace(t, { ...FILES, 'bad.c': '#include <bide/js.h>\n\nBIDE_JAVASCRIPT(bad, "(): void", "return 1 2;");\n' });
  const refused = { status: 1, stdout: '', stderr: 'bad.c:3: error: bad: Expected ";" but found "2"\n    return 1 2;\n             ^\n' };
  assert.deepEqual(bide(['build', 'app.c', 'bad.c', '-o', 'out']), refused);
  assert.deepEqual(bide(['run', 'app.c', 'bad.c']), refused);
});
