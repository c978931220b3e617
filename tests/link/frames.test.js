// js/link/frames.js: what Asyncify's code does stays the same with one move of the cursor a frame.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import binaryen from 'binaryen';
import { joinFrames } from '../../js/link/frames.js';

const DATA = 16, FRAMES = 64, SIZE = 256;

/** Functions that call `pause` with locals of all types in use, of which there are some, one, and none. */
const SOURCE = `(module
  (import "env" "pause" (func $pause))
  (memory (export "memory") 1)
  (func $some (export "some") (param $a i32) (result i32) (local $b i64) (local $c f64)
    (local.set $b (i64.extend_i32_s (i32.mul (local.get $a) (i32.const 3))))
    (local.set $c (f64.convert_i32_s (i32.add (local.get $a) (i32.const 7))))
    (call $pause)
    (call $pause)
    (i32.add (local.get $a) (i32.add (i32.wrap_i64 (local.get $b)) (i32.trunc_f64_s (local.get $c)))))
  (func $one (export "one") (param $a i32) (result i32)
    (call $pause)
    (i32.add (local.get $a) (i32.const 1)))
  (func $none (export "none") (param i32) (result i32)
    (call $pause)
    (i32.const 9))
  (func $switch (export "switch") (param $a i32) (result i32) (local $sum i32) (local $n i32)
    (local.set $n (i32.const 4))
    (loop $again
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (block $end
        (block $c2 (block $c1 (block $c0
          (br_table $c0 $c1 $c2 (i32.rem_u (i32.add (local.get $a) (local.get $n)) (i32.const 3))))
          (call $pause) (local.set $sum (i32.add (local.get $sum) (i32.const 1))) (br $end))
         (if (local.get $sum) (then (call $pause)) (else (call $pause) (call $pause)))
         (local.set $sum (i32.add (local.get $sum) (i32.const 10))) (br $end))
        (loop $twice
          (call $pause)
          (local.set $sum (i32.add (local.get $sum) (i32.const 100)))
          (br_if $twice (i32.eq (i32.rem_u (local.get $sum) (i32.const 200)) (i32.const 100)))))
      (br_if $again (local.get $n)))
    (call $pause)
    (local.get $sum))
  (func $outer (export "outer") (param $a i32) (result i32) (local $b i32)
    (local.set $b (call $some (local.get $a)))
    (i32.add (call $one (local.get $b)) (local.get $a))))`;

/** @param {boolean} joined  @returns {{ count: number, text: string, bytes: Uint8Array }} */
function build(joined) {
  const module = binaryen.parseText(SOURCE);
  binaryen.setOptimizeLevel(2);
  module.runPasses(['asyncify']);
  const count = joined ? joinFrames(binaryen, module) : 0;
  assert.ok(module.validate());
  const built = { count, text: module.emitText(), bytes: module.emitBinary() };
  module.dispose();
  return built;
}

/** Call the export `name`; each pause unwinds and rewinds. @param {Uint8Array} bytes  @param {string} name  @param {number} argument */
async function run(bytes, name, argument) {
  /** @type {any} */ let exports;
  /** @type {number[][]} */ const frames = [];
  const pause = () => (exports.asyncify_get_state() === 2 ? exports.asyncify_stop_rewind() : exports.asyncify_start_unwind(DATA));
  ({ exports } = (await WebAssembly.instantiate(/** @type {any} */ (bytes), { env: { pause } })).instance);
  const words = new Int32Array(exports.memory.buffer);
  for (;;) {
    words[DATA / 4] = FRAMES, words[DATA / 4 + 1] = FRAMES + SIZE;
    if (frames.length > 0) words[DATA / 4] = FRAMES + frames[frames.length - 1].length * 4, exports.asyncify_start_rewind(DATA);
    const result = exports[name](argument);
    if (exports.asyncify_get_state() === 0) return { result, frames, left: words[DATA / 4] };
    exports.asyncify_stop_unwind();
    frames.push([...words.subarray(FRAMES / 4, words[DATA / 4] / 4)]);
  }
}

/** How often the text moves the cursor. @param {string} text */
const moves = (text) => text.match(/\(i32\.store\s+\(global\.get \$__asyncify_data\)/g)?.length ?? 0;

describe('frames of Asyncify', () => {
  const plain = build(false), joined = build(true);

  it('have one move of the cursor where they had two', () => {
    assert.equal(joined.count, 3);     // `one` has another shape, since it begins with a call; `none` has no locals
    assert.equal(moves(joined.text), moves(plain.text) - 3 * 2);
  });

  for (const [name, argument, result] of /** @type {[string, number, number][]} */ ([['some', 5, 32], ['one', 5, 6], ['none', 5, 9], ['outer', 2, 20], ['switch', 0, 112], ['switch', 1, 121], ['switch', 2, 311]])) {
    it(`of ${name}(${argument}) are written and read as before`, async () => {
      const end = await run(joined.bytes, name, argument);
      assert.equal(end.result, result);
      assert.deepEqual(end, await run(plain.bytes, name, argument));
    });
  }
});
