// js/link/literals.js: string literals as a C compiler reads them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { literalText } from '../../js/link/literals.js';

/** What the preprocessor leaves, and the text; undefined: it is no literal. @type {[string, string | undefined][]} */
const CASES = [
  ['"a"', 'a'], ['""', ''], ['"a" "b"', 'ab'], [' "a"  u8"b" ', 'ab'],
  [String.raw`"\"\\\'\?"`, '"\\\'?'], [String.raw`"\n\t\r\a\b\f\v"`, '\n\t\r\x07\b\f\v'],
  [String.raw`"\x41\101\0" "1"`, 'AA\0' + '1'], [String.raw`"\xc3\xbc" "\303\274"`, 'üü'], [String.raw`"\u00fc\U0001F600"`, 'ü😀'],
  ['"ü😀`%s${x}"', 'ü😀`%s${x}'], [String.raw`"a\\" "b\""`, 'a\\b"'],
  ['SIGNATURE', undefined], ['"a" SIGNATURE', undefined], ['', undefined], ['"a', undefined], ['L"a"', undefined],
];

describe('literals', () => {
  for (const [source, text] of CASES) it(source, () => assert.equal(literalText(source), text));
  it('of a megabyte', () => assert.equal(literalText(`"${'aü\\n'.repeat(250_000)}" "${'b'.repeat(1_000_000)}"`), 'aü\n'.repeat(250_000) + 'b'.repeat(1_000_000)));
});
