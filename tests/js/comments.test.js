// Which comment of a C source belongs to a function.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Comments, commentAbove, documentation, exportOf, macroOf, sourceOf } from '../../js/cli/comments.js';

/** Sources in which a macro makes f, or f is marked BIDE_EXPORT, and the comment's lines. @type {Record<string, [source: string, lines: string[]]>} */
const SOURCES = {
  'a block': ['/* Text. */\nF(f, "");', ['Text.']],
  'a block of documentation': ['/** Text. */\nF(f, "");', ['Text.']],
  'lines with stars': ['/**\n * One.\n *\n *   Two.\n */\nF(f, "");', ['One.', '', '  Two.']],
  'lines without stars': ['/* One\n   two\n     three */\nF(f, "");', ['One', 'two', '  three']],
  'a list': ['/* One\n   * two\n   three */\nF(f, "");', ['One', '* two', 'three']],
  'line comments': ['// One.\n//\n//   Two.\nF(f, "");', ['One.', '', '  Two.']],
  'line comments of documentation': ['/// One.\n//! Two.\nF(f, "");', ['One.', 'Two.']],
  'a line comment that goes on': ['// One \\\n   two\nF(f, "");', ['One \\', '   two']],
  'an indented one': ['  /* Text. */\n  F(f, "");', ['Text.']],
  'on the same line': ['/* Text. */ F(f, "");', ['Text.']],
  'the nearest alone': ['/* Far. */\n/* Near. */\nF(f, "");', ['Near.']],
  'a block above lines': ['/* Far. */\n// Near.\nF(f, "");', ['Near.']],
  'with quotes and marks of comments in it': ['/* It\'s "/* a // test. */\nF(f, "");', ['It\'s "/* a // test.']],
  'behind strings that look like comments': ['const char *s = "/* no */ \\" //", c = \'"\'; // no\n/* Text. */\nF(f, "");', ['Text.']],
  'a frame': ['/**********\n * Text. *\n **********/\nF(f, "");', ['Text. *']],
  'windows': ['/* One\r\n * two */\r\nF(f, "");\r\n', ['One', 'two']],
  'several lines': ['/* Text. */\nF(\n  f,\n  "(): void"\n)', ['Text.']],
  'options': ['/* Text. */\nBIDE_FUNCTION_WITH(f, "", .stack_size = 1) {}', ['Text.']],
  'the right one of two': ['/* g */\nF(g, "");\n/* f */\nF(f, "");\n/* h */\nF(h, "");', ['f']],
  'an export': ['/* Text. */\nBIDE_EXPORT int f(int a) { return a; }', ['Text.']],
  'an export on two lines': ['/* Text. */\nBIDE_EXPORT\nconst char *f(void) { return ""; }', ['Text.']],
  'no comment': ['F(f, "");', []],
  'a blank line between': ['/* Text. */\n\nF(f, "");', []],
  'a blank line below lines': ['// Text.\n\nF(f, "");', []],
  'behind code': ['int x; /* of x */\nF(f, "");', []],
  'a line behind code': ['int x; // of x\nF(f, "");', []],
  'a ruler': ['/* ------------- */\nF(f, "");', []],
  'a directive between': ['/* Text. */\n#if 1\nF(f, "");', []],
  'a macro that is only named': ['/* Text. */\n// F(f, "")\n\nint x;', []],
  'another name that begins so': ['/* Text. */\nF(ff, "");', []],
  'a call': ['/* Text. */\nBIDE_EXPORT int g(int a) { return f(a); }', []],
};

describe('the comment of a function', () => {
  for (const [what, [text, lines]] of Object.entries(SOURCES)) {
    it(what, () => {
      const source = sourceOf(text);
      assert.deepEqual(commentAbove(source, macroOf(source, 'f', text.split('\n').length) ?? exportOf(source, 'f')), lines);
    });
  }
});

it('a macro that ends behind the line is not meant', () => {
  const source = sourceOf('/* one */\nF(f, "");\n/* two */\nF(f, "");\n');
  assert.deepEqual([2, 3, 4].map((line) => commentAbove(source, macroOf(source, 'f', line))), [['one'], ['one'], ['two']]);
});

it('documentation can be a comment of TypeScript', () => {
  assert.equal(documentation([], '  '), '');
  assert.equal(documentation(['Text.'], '  '), '  /** Text. */\n');
  assert.equal(documentation(['a */ b', '', 'c'], ''), '/**\n * a *\\/ b\n *\n * c\n */\n');
});

it('parameters of exported functions have their names of C', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bide-comments-')), file = join(folder, 'a.c');
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(file, `BIDE_EXPORT int one(const char *text, int list[static 2], unsigned long long big) { return 0; }
BIDE_EXPORT int two(int (*fn)(int, int), int n) { return 0; }
BIDE_EXPORT int three(/* (the first) */ const char *const first,
                      int second) { return 0; }
BIDE_EXPORT int none(void) { return 0; }
`);
  const comments = new Comments([file]);
  assert.deepEqual(comments.parametersOf('one'), ['text', 'list', 'big']);
  assert.deepEqual(comments.parametersOf('three'), ['first', 'second']);
  for (const name of ['two', 'none', 'unknown']) assert.ok(comments.parametersOf(name).every((parameter) => !parameter), name);
});
