// Numbers of what C knows.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Slots } from '../../js/runtime/slots.js';

it('a number is valid until it is taken', () => {
  const slots = new Slots(), a = { a: 1 }, b = { b: 2 };
  const first = slots.add(a), second = slots.add(b);
  assert.equal(slots.get(first), a);
  assert.deepEqual(slots.values(), [a, b]);
  assert.equal(slots.take(first), a);
  assert.equal(slots.get(first), undefined);
  assert.equal(slots.take(first), undefined);
  assert.equal(slots.get(second), b);
  for (const other of [0, -1, 2 ** 31 - 1, 12345, -first]) assert.equal(slots.get(other), undefined);
});

it('numbers stay positive and below 2^31, are taken by nobody else, and come back late', () => {
  const slots = new Slots(), kept = {}, number = slots.add(kept), first = slots.add({});
  slots.take(first);
  let back = 0;
  for (let i = 1; i <= 2_000_000; i++) {
    const n = slots.add({});
    if (n <= 0 || n >= 2 ** 31 || n === number) assert.fail(`number ${n}`);
    if (n === first && !back) back = i;
    slots.take(n);
  }
  assert.ok(back > 500_000, `${back}`);
  assert.equal(slots.get(number), kept);
});

it('places that became free are used again, the first one first', () => {
  const slots = new Slots();
  const numbers = Array.from({ length: 5000 }, () => slots.add({}));
  for (const n of numbers) slots.take(n);
  const again = Array.from({ length: 3000 }, () => slots.add({}));
  assert.deepEqual(again.map((n) => n & 0x3fffff), numbers.slice(0, 3000).map((n) => n & 0x3fffff));
  assert.deepEqual(again.filter((n) => numbers.includes(n)), []);
});
