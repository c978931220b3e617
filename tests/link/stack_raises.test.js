// The stack check compares where a function takes stack, and not where it gives it back.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadBinaryen } from '../../js/link/binaryen.js';
import { checkStacks } from '../../js/link/stack_check.js';

const binaryen = await loadBinaryen();

/** @param {string} body  of a function with a parameter and a local  @returns {number} comparisons in it */
function comparisonsIn(body) {
  const { module } = checkStacks(binaryen, binaryen.parseText(`(module
    (memory 1) (global $__stack_pointer (mut i32) (i32.const 1024)) (export "bide__stack_overflow" (func $report))
    (func $report (param i32)) (func $f (export "f") (param i32) (result i32) (local i32) ${body}))`));
  const text = module.emitText();
  module.dispose();
  return text.split('i32.lt_u').length - 1;
}

const take = '(global.set $__stack_pointer (local.tee 1 (i32.sub (global.get $__stack_pointer) (i32.const 16))))';

it('a comparison stands where stack is taken', () => {
  assert.equal(comparisonsIn(`${take} (local.get 1)`), 1);
});

for (const size of [16, 48, 64, 100, 8192, 1048576]) {
  it(`none stands where ${size} bytes are given back`, () => {
    assert.equal(comparisonsIn(`${take} (global.set $__stack_pointer (i32.add (local.get 1) (i32.const ${size}))) (local.get 1)`), 1);
  });
}

for (const [what, value] of [
  ['a negative number is added', '(i32.add (local.get 1) (i32.const -16))'],
  ['a large negative number is added', '(i32.add (local.get 1) (i32.const -4096))'],
  ['a variable is added', '(i32.add (i32.const 16) (local.get 0))'],
  ['any other value is set', '(local.get 0)'],
]) {
  it(`one stands where ${what}`, () => {
    assert.equal(comparisonsIn(`${take} (global.set $__stack_pointer ${value}) (local.get 1)`), 2);
  });
}
