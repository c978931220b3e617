// Signatures of typed functions: what is read from them, and the sentence that refuses others.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { parseSignature } from '../../js/runtime/signature.js';

/** A type in short: number, number[], any, with ? if undefined and ! if null is allowed. @param {import('../../js/runtime/signature.js').Type} type  @returns {string} */
function short({ kind, item, nullable, undefinable }) {
  return `${item ? `[${short(item)}]` : kind}${undefinable ? '?' : ''}${nullable ? '!' : ''}`;
}

/** @param {string} text  @returns {string} */
function read(text) {
  const { params, result } = parseSignature(text);
  const list = params.map(({ name, type, optional, rest }) => `${rest ? '...' : ''}${name}${optional ? '?' : ''} ${short(type)}`);
  return `${list.join(', ')} > ${result.form} ${short(result.type)}`;
}

/** What TypeScript says against the syntax of a method. @param {string} signature */
function syntaxErrors(signature) {
  const { diagnostics = [] } = ts.transpileModule(`export interface Exports { method${signature}\n}`, { reportDiagnostics: true, fileName: 'app.mts' });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

it('the whole of what is read', () => {
  assert.deepEqual(parseSignature('(name: string, ...rest: (number | null)[]): Promise<void>'), {
    params: [
      { name: 'name', type: { kind: 'string', nullable: false, undefinable: false }, optional: false, rest: false },
      { name: 'rest', type: { kind: 'array', nullable: false, undefinable: false, item: { kind: 'number', nullable: true, undefinable: false } }, optional: false, rest: true },
    ],
    result: { type: { kind: 'void', nullable: false, undefinable: true }, form: 'promise' },
  });
});

/** What a parameter's type is read as. */
const TYPES = {
  number: 'number', bigint: 'bigint', boolean: 'boolean', string: 'string', Uint8Array: 'bytes', 'Uint8Array<ArrayBuffer>': 'bytes',
  any: 'any?!', unknown: 'any?!', object: 'any', void: 'any?', never: 'any', symbol: 'any', Number: 'any', null: 'any!', undefined: 'any?',
  'number | null': 'number!', 'number | undefined': 'number?', 'null | number | undefined': 'number?!', '| string': 'string',
  '(string)': 'string', '((string | null)) | undefined': 'string?!', '( | number)': 'number', 'any | null': 'any?!', 'Foo | null': 'any!', 'null | undefined': 'any?!',
  'number[]': '[number]', 'number [ ]': '[number]', 'string[][]': '[[string]]', 'readonly string[]': '[string]', '(string | null)[]': '[string!]',
  '(number[] | null)[] | undefined': '[[number]!]?', 'any[]': '[any?!]', 'void[]': '[any?]', '{ a: number }[]': '[any]', '(() => void)[]': '[any]', 'a.B[]': '[any]',
  'Array<bigint>': '[bigint]', 'ReadonlyArray<boolean | undefined>': '[boolean?]', 'Array<Array<Uint8Array>>': '[[bytes]]', 'Array<Map<string, number>>': '[any]',
  Date: 'any', 'globalThis.Array<number>': 'any', 'Map<string, number[]>': 'any', 'Set<number>': 'any', 'Promise<number>': 'any', 'A.B.C': 'any', 'A<B>["c"]': 'any',
  'number | string': 'any', 'number | bigint | null': 'any!', "'on' | 'off'": 'any', '1 | -1 | 2n': 'any', 'string & { brand: true }': 'any', 'A & B[]': 'any', 'true': 'any',
  '() => void': 'any', '(a: number, b: string) => void': 'any', '(a: number) => number | null': 'any', '(() => void) | null': 'any!', 'new (x: number) => Date': 'any',
  '<T>(x: T) => T': 'any', 'abstract new () => T': 'any', '(f: (g: (h: () => void) => void) => void) => (x: number) => number[]': 'any', '(...rest: number[]) => void': 'any',
  '{ a: string; b(x: number, y: string): void }': 'any', '{ [key: string]: number }': 'any', '{ a: number,\n b: { c: ")" } }': 'any', '{}': 'any',
  '[number, string]': 'any', '[a: number, b?: string]': 'any', '[...number[]]': 'any', 'readonly [number]': 'any', 'T["key"]': 'any', 'T[number][]': '[any]',
  'keyof T': 'any', 'keyof T[]': 'any', 'typeof x': 'any', 'typeof x.y[]': '[any]', 'typeof import("node:fs")': 'any', 'import("./a.js").B<C>': 'any', 'unique symbol': 'any',
  'T extends string ? number : boolean[]': 'any', 'A extends (infer B)[] ? B : null': 'any',
  '")"': 'any', "'(' | null": 'any!', '"a\\"b, c"': 'any', '`a,b`': 'any', '`)${A extends `${infer B}}` ? B : "}"}(`': 'any', '`\\`\\${`': 'any', "'%s {'": 'any',
  '/* , */ number /* ) */': 'number', '// a)\n number': 'number', 'Größe': 'any', $: 'any', constructor: 'any', __proto__: 'any', toString: 'any', 'Foo<true>': 'any',
};

describe('the type of a parameter', () => {
  for (const [type, as] of Object.entries(TYPES)) {
    it(`${type} is ${as}`, () => {
      assert.equal(read(`(first: ${type}, last: ${type}): void`), `first ${as}, last ${as} > sync void?`);
      assert.deepEqual(type === 'unique symbol' ? [] : syntaxErrors(`(first: ${type}, last: ${type}): void`), []);
    });
  }
});

/** What is read of other texts. */
const SIGNATURES = {
  '(): void': ' > sync void?',
  '(w: number, h: number): number': 'w number, h number > sync number',
  '(name: string, times?: number): Promise<string>': 'name string, times? number > promise string',
  '(period: number, count: number): AsyncGenerator<number>': 'period number, count number > async generator number',
  '(a?: string, b?: number | null): Generator<string | null>': 'a? string, b? number! > generator string!',
  '(a: number, ...rest: string[]): void': 'a number, ...rest [string] > sync void?',
  '(a?: number, ...rest: Array<number>): void': 'a? number, ...rest [number] > sync void?',
  '(...rest: readonly Uint8Array[]): void': '...rest [bytes] > sync void?',
  '(...all: any[],): any': '...all [any?!] > sync any?!',
  '(a: number, b: string,): void': 'a number, b string > sync void?',
  '  (\n  a : number // the first, )\n ,b?:string /* : */ ) :\n void  ': 'a number, b? string > sync void?',
  '(): Promise<void>': ' > promise void?', '(): Promise<string | undefined>': ' > promise string?', '(): Promise<number[]>': ' > promise [number]',
  '(): Promise<Promise<number>>': ' > promise any', '(): Promise<AsyncGenerator<number>>': ' > promise any', '(): (Promise<(bigint)>)': ' > promise bigint',
  '(): AsyncGenerator<Uint8Array, void, unknown>': ' > async generator bytes', '(): Generator': ' > generator any?!', '(): AsyncGenerator': ' > async generator any?!',
  '(): Promise<number>[]': ' > sync [any]', '(): Promise<number> | null': ' > sync any!', '(): PromiseLike<number>': ' > sync any', '(): a.Promise<number>': ' > sync any',
  '(): Iterable<number>': ' > sync any', '(): void | null': ' > sync void?!', '(): undefined': ' > sync any?', '(): null': ' > sync any!', '(): never': ' > sync any',
  '(): () => Promise<number>': ' > sync any', '(x: unknown): x is string': 'x any?! > sync any', '(x: unknown): asserts x is string': 'x any?! > sync any', '(x: any): asserts x': 'x any?! > sync any',
  '<T>(items: T[]): T': 'items [any] > sync any', '<K extends string, V = { a: 1 }>(map: Map<K, V>): Promise<V>': 'map any > promise any',
  '(async: number, type: string, of: boolean, get: any, package: any): void': 'async number, type string, of boolean, get any?!, package any?! > sync void?',
  '(größe: number, $: string, _: string, 名前: string): void': 'größe number, $ string, _ string, 名前 string > sync void?',
};

describe('a signature', () => {
  for (const [text, as] of Object.entries(SIGNATURES)) {
    it(text, () => {
      assert.equal(read(text), as);
      assert.deepEqual(syntaxErrors(text), []);
    });
  }
});

/** What is refused, and why. */
const REFUSED = {
  '': 'a signature begins with its parameters in parentheses',
  'number': 'a signature begins with its parameters in parentheses',
  'greet(name: string): void': 'a signature begins with its parameters in parentheses',
  '{ }': 'a signature begins with its parameters in parentheses',
  '<T>': 'a signature begins with its parameters in parentheses',
  '()': 'the type of the result is missing; it stands behind the parameters and a colon',
  '():': 'the type of the result is missing; it stands behind the parameters and a colon',
  '(): // number': 'the type of the result is missing; it stands behind the parameters and a colon',
  '() number': 'the type of the result is missing; it stands behind the parameters and a colon',
  '() => void': 'the type of the result is missing; it stands behind the parameters and a colon',
  '(): number;': "the type of the result can't be read from ; on",
  '(): number string': "the type of the result can't be read from string on",
  '(): number, string': "the type of the result can't be read from , on",
  '(): { a: number } { b: number }': "the type of the result can't be read from { on",
  '(): number |': 'the type of the result is not complete',
  '(): Promise': 'the type inside of Promise<…> is missing; it may be void',
  '(): Promise<>': 'the type of the result is not complete',
  '(): Promise<number': 'a > is missing',
  '(a: number': 'a ) is missing',
  '(a: number[): void': 'a ) closes nothing',
  '(a: number)): void': 'a ) closes nothing',
  'a: number): void': 'a ) closes nothing',
  '(a: "x): void': 'a " is missing',
  "(a: 'x\n'): void": "a ' is missing",
  '(a: `x): void': 'a ` is missing',
  '(a: `${x`): void': 'a ` is missing',
  '(a: `${x): void': 'a ) closes nothing',
  '(a): void': 'the parameter a has no type',
  '(a:): void': 'the parameter a has no type',
  '(a?): void': 'the parameter a has no type',
  '(a number): void': 'the parameter a has no type',
  '(a = 3): void': 'the parameter a has no type',
  '(a: number = 3): void': "the type of the parameter a can't be read from = on",
  '(a: number b: string): void': "the type of the parameter a can't be read from b on",
  '(a: number; b: string): void': "the type of the parameter a can't be read from ; on",
  '(a: ?number): void': "the type of the parameter a can't be read from ? on",
  '(a: number?): void': "the type of the parameter a can't be read from ? on",
  '(a: const char *): void': "the type of the parameter a can't be read from const on",
  '(a: *): void': "the type of the parameter a can't be read from * on",
  '(a: number || null): void': "the type of the parameter a can't be read from | on",
  '(a: number | | null): void': "the type of the parameter a can't be read from | on",
  '(a: () =>): void': 'the type of the parameter a is not complete',
  '(a: x => void): void': "the type of the parameter a can't be read from => on",
  '(a: ()): void': 'the type of the parameter a is not complete',
  '(a: Map<string,>): void': 'the type of the parameter a is not complete',
  '(a: A.): void': 'the type of the parameter a is not complete',
  '(a: keyof): void': "the type of the parameter a can't be read from keyof on",
  '(a: function): void': "the type of the parameter a can't be read from function on",
  '(a: typeof): void': "the type of the parameter a can't be read from typeof on",
  '(): new': "the type of the result can't be read from new on",
  '(a: - b): void': "the type of the parameter a can't be read from - on",
  '(a: 1 2): void': "the type of the parameter a can't be read from a literal on",
  '(a: number /* ): void': "the type of the parameter a can't be read from / on",
  '(, a: number): void': 'a parameter is missing between two commas',
  '(a: number,, b: number): void': 'a parameter is missing between two commas',
  '(,): void': 'a parameter is missing between two commas',
  '(...): void': 'a parameter is missing between two commas',
  '(1a: number): void': "a parameter can't have a literal as its name",
  '("a": number): void': "a parameter can't have a literal as its name",
  '({ a }: { a: number }): void': "a parameter can't have { as its name",
  '([a]: number[]): void': "a parameter can't have [ as its name",
  '(a-b: number): void': 'the parameter a has no type',
  '(class: string): void': "a parameter can't have class as its name",
  '(this: Window): void': "a parameter can't have this as its name",
  '(?: number): void': "a parameter can't have ? as its name",
  '(a: number, a: string): void': 'two parameters have the name a',
  '(a: number, ...a: string[]): void': 'two parameters have the name a',
  '(a?: number, b: number): void': 'the parameter b is required, and stands behind a, which is optional',
  '(a?: number, b?: number, c: number | undefined): void': 'the parameter c is required, and stands behind a, which is optional',
  '(...a: number[], b: number): void': 'the parameter b stands behind ...a, which takes all the rest',
  '(...a: number[], b?: number): void': 'the parameter b stands behind ...a, which takes all the rest',
  '(...a: number[], ...b: number[]): void': 'the parameter b stands behind ...a, which takes all the rest',
  '(...a?: number[]): void': "the parameter ...a can't be optional",
  '(...a: number): void': 'the parameter ...a is no array',
  '(...a: any): void': 'the parameter ...a is no array',
  '(...a: Uint8Array): void': 'the parameter ...a is no array',
  '(...a: number[] | null): void': 'the parameter ...a is no array',
  '(...a: number[] | string[]): void': 'the parameter ...a is no array',
};

describe('it refuses', () => {
  for (const [text, message] of Object.entries(REFUSED)) {
    it(JSON.stringify(text), () => assert.throws(() => parseSignature(text), { name: 'SyntaxError', message }));
  }
});

it('depth and length are no matter', () => {
  const deep = (/** @type {number} */ n) => `(f: ${'('.repeat(n)}number${')'.repeat(n)}): void`;
  assert.equal(read(deep(500)), 'f number > sync void?');
  const params = Array.from({ length: 300 }, (_, i) => `p${i}: string`);
  assert.equal(parseSignature(`(${params.join(', ')}): void`).params.length, 300);
});
