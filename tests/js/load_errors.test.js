// The table of errors is that of bide.h.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { CLASSES, numberOf } from '../../js/runtime/errors.js';
import { BideError } from '../../js/index.js';

const header = readFileSync(new URL('../../include/bide.h', import.meta.url), 'utf8');
const rows = [...header.matchAll(/X\((E[A-Z]+), *(\d+), "(\w+)"/g)].map(([, code, number, name]) => ({ code, number: Number(number), name }));

it('codes, their order and classes are those of bide.h', () => {
  assert.ok(rows.length >= 18);
  assert.deepEqual(Object.entries(CLASSES), rows.map(({ code, name }) => [code, name]));
});

it('the type Code has the same codes', () => {
  const types = readFileSync(new URL('../../js/index.d.ts', import.meta.url), 'utf8');
  const [, members] = /^export type Code =([^;]*);/m.exec(types) ?? [];
  assert.deepEqual(members.match(/\w+/g), Object.keys(CLASSES));
});

it('numbers are those of bide.h', () => {
  for (const { code, number } of rows) assert.equal(numberOf(code), -0x62640000 - number);
  for (const other of ['TRAP', '', undefined, 'toString', 5]) assert.equal(numberOf(other), 0);
});

it('a BideError has code, class, message and cause', () => {
  const error = new BideError('EVALUE', 'bad port', { cause: 1 });
  assert.ok(error instanceof Error);
  assert.deepEqual([error.code, error.name, error.message, error.cause, String(error)], ['EVALUE', 'ValueError', 'bad port', 1, 'ValueError: bad port']);
});
