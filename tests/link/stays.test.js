// Which functions js/link/stays.js finds, and what this does to a program.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import binaryen from 'binaryen';
import { callsOf } from '../../js/link/calls.js';
import { finish } from '../../js/link/finish.js';
import { staying, testOfNames } from '../../js/link/stays.js';
import { functionNames } from '../../js/link/wasm.js';
import { backends } from '../support/backends.js';
import { buildDir } from '../support/paths.js';
import { linkedProgram } from './linked.js';

/** @param {string} text  @returns {Uint8Array} with names */
function assemble(text) {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All);
  assert.ok(module.validate());
  binaryen.setDebugInfo(true);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

/** @type {import('../../js/link/told.js').Told} */
const NOTHING_TOLD = { suspends: [], runs: [], returns: [], cold: [], link: [], linkMain: [], linkExport: [] };

/** Each function that is not ours suspends, unless the text has its own. @param {string} functions  text */
function suspendingAll(functions) {
  const called = functions.replace(/(?<!\(export "\w+" )\(func \$(?!bide_)\w+( \(export "\w+"\))*/g, (start) => `${start} (call $bide_sleep)`);
  return functions.includes('(func $bide_sleep') ? called : `${called} (func $bide_sleep)`;
}

/** @param {string} functions  text  @param {Partial<import('../../js/link/told.js').Told>} [told]  @returns {string[]} names of those that stay */
function stayingOf(functions, told = {}) {
  return stayingOfThese(suspendingAll(functions), { ...told, suspends: ['bide_sleep'] });
}

/** @param {string} functions  text  @param {Partial<import('../../js/link/told.js').Told>} told */
function stayingOfThese(functions, told) {
  const wasm = assemble(`(module (type $none (func)) (type $two (func (param i32 i32) (result i32))) (table 2 funcref) ${functions})`);
  const names = functionNames(wasm);
  return staying({ wasm }, { ...NOTHING_TOLD, ...told }).map((index) => names.get(index) ?? '').sort();
}

describe('functions stay as they are', () => {
  it('if their names are ours and nothing says that they suspend', () => {
    assert.deepEqual(stayingOf(`
      (func $main (export "main") (call $bide_sleep) (call $bide_release) (call $coro_mine))
      (func $bide_sleep) (func $bide_release) (func $coro_mine)`, { suspends: ['bide_sleep'] }), ['bide_release']);
  });

  it('if they are run calls and the host blocks', () => {
    const functions = '(func $main (export "main") (call $bide_run)) (func $bide_run)', runs = ['bide_run'];
    assert.deepEqual(stayingOf(functions, { runs }), ['bide_run']);
    assert.deepEqual(stayingOf(functions, { runs, returns: ['main'] }), []);
  });

  it('if the library asks for them as wrappers', () => {
    assert.deepEqual(stayingOf(`
      (func $main (export "main") (call $__wrap_vfprintf) (call $__wrap_read))
      (func $__wrap_vfprintf) (func $__wrap_read)`, { link: ['--wrap=vfprintf'] }), ['__wrap_vfprintf']);
  });

  it('unless a wrapper has a namesake', () => {
    const link = ['--wrap=vfprintf', '--wrap=strftime'], names = ['__wrap_vfprintf', '__wrap_strftime', '__wrap_vfprintf'];
    assert.deepEqual(names.filter(testOfNames({ ...NOTHING_TOLD, link }, names)), ['__wrap_strftime']);
  });

  it('if only such ones call them, also in a circle, and through others', () => {
    assert.deepEqual(stayingOf(`
      (func $main (export "main") (call $bide_a) (call $mine))
      (func $mine (call $shared))
      (func $bide_a (call $helper) (call $round) (call $shared))
      (func $helper (call $deeper)) (func $deeper)
      (func $round (call $again)) (func $again (call $round))
      (func $shared)`), ['again', 'bide_a', 'deeper', 'helper', 'round']);
  });

  for (const [how, text] of Object.entries({
    'an export': '(export "there" (func $there))',
    'a table': '(elem (i32.const 0) $there)',
    'a table, as an expression': '(elem (i32.const 0) funcref (ref.func $there))',
    'another table': '(table $other 1 funcref) (elem (table $other) (i32.const 0) func $there)',
    'a segment that is copied': '(elem $later func $there)',
    'an address in code': '(func $taker (export "taker") (drop (ref.func $there)))',
    'a variable': '(global $v (mut funcref) (ref.func $there))',
    'the start of the module': '(start $there)',
    'a tail call': '(func $tail (export "tail") (return_call $bide_tail)) (func $bide_tail (return_call $there))',
  })) {
    it(`but not if they can be entered by ${how}`, () => {
      const names = stayingOf(`(func $bide_a (export "a") (call $there)) (func $there (call $behind)) (func $behind) ${text}`);
      assert.deepEqual(names.filter((name) => !name.startsWith('bide_')), []);
    });
  }

  it('if they do not come to one that suspends, by whatever calls', () => {
    assert.deepEqual(stayingOfThese(`
      (elem (i32.const 0) $compare $print)
      (func $main (export "main") (call $sort) (call $puts) (call $adds))
      (func $sort (drop (call_indirect (type $two) (i32.const 1) (i32.const 2) (i32.const 0))))
      (func $puts (call_indirect (type $none) (i32.const 1)))
      (func $compare (type $two) (call $bide_sleep) (i32.const 0)) (func $print) (func $adds)
      (func $bide_sleep)`, { suspends: ['bide_sleep'] }), ['adds', 'print', 'puts']);
  });

  it('by their names alone, if there are instructions that we do not know', () => {
    assert.deepEqual(stayingOf(`
      (type $box (struct (field i32)))
      (func $main (export "main") (call $bide_a) (drop (struct.new $box (i32.const 1))))
      (func $bide_a (call $helper)) (func $helper)`), ['bide_a']);
  });
});

/** Each has other things behind its opcode. */
const INSTRUCTIONS = [
  '(block $b (br_if $b (i32.const 1)) (br_table $b $b (i32.const 300)))', '(loop (if (i32.const 1) (then (nop)) (else (nop))))',
  '(drop (i64.const -9000000000000000000))', '(drop (i32.const -1))', '(drop (f32.const 1.5))', '(drop (f64.const 16))',
  '(drop (select (result i64) (i64.const 1) (i64.const 2) (i32.const 1)))', '(call_indirect (type $none) (i32.const 0))',
  '(i32.store8 offset=70000 (i32.const 1) (i32.const 16))', '(drop (i64.load (i32.const 16)))', '(drop (memory.grow (memory.size)))',
  '(drop (i64.load $second offset=16 (i32.const 16)))',
  '(global.set $g (global.get $g))', '(drop (i32.extend8_s (i32.trunc_sat_f64_s (f64.const 1))))',
  '(memory.fill (i32.const 0) (i32.const 16) (i32.const 16))', '(memory.copy (i32.const 0) (i32.const 16) (i32.const 16))',
  '(memory.init $data (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop $data)',
  '(table.init $segment (i32.const 0) (i32.const 0) (i32.const 0)) (elem.drop $segment)', '(drop (table.grow (ref.null func) (i32.const 16)))',
  '(table.set (i32.const 0) (table.get (i32.const 0)))', '(drop (ref.is_null (ref.null func)))',
  '(drop (v128.const i64x2 16 16))', '(drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i64x2 1 2) (v128.const i64x2 1 2)))',
  '(drop (i8x16.extract_lane_s 15 (i32x4.splat (i32.const 16))))', '(v128.store8_lane 1 (i32.const 16) (v128.const i64x2 16 16))',
  '(drop (v128.load32_zero (i32.const 16)))', '(drop (i32x4.add (v128.load (i32.const 16)) (v128.const i64x2 16 16)))',
  '(drop (i32.atomic.rmw.add (i32.const 16) (i32.const 16)))', '(atomic.fence)',
  '(try (do (throw $tag (i32.const 16))) (catch $tag (drop)) (catch_all (rethrow 0)))', '(try $t (do (nop)) (delegate 0))',
  '(block $h (result i32) (try_table (catch $tag $h) (nop)) (i32.const 16)) (drop)',
];

describe('calls are found', () => {
  for (const instruction of INSTRUCTIONS) {
    it(`behind ${instruction}`, () => {
      const wasm = assemble(`(module (type $none (func)) (memory 1 1 shared) (memory $second 1) (table 2 funcref) (tag $tag (param i32)) (global $g (mut i64) (i64.const 16))
        (data $data "text") (elem $segment func $taken) (func $taken)
        (func $caller (local i32 f64 v128) (call $before) ${instruction} (call $behind)) (func $before) (func $behind))`);
      const names = functionNames(wasm), caller = [...names].find(([, name]) => name === 'caller')?.[0] ?? -1;
      assert.deepEqual([...callsOf(wasm)?.callees.get(caller) ?? []].map((index) => names.get(index)), ['before', 'behind']);
    });
  }
});

after(() => backends.forEach((backend) => backend.close()));

describe('static functions that suspend and are named as ours that do not', { timeout: 300_000 }, () => {
  for (const target of /** @type {const} */ (['js', 'wasi'])) {
    /** @type {{ wasm: Uint8Array, map: string }} */
    let linked;
    before(async () => { linked = await linkedProgram('same_names', target); });

    it(`are there in ${target}`, () => {
      const names = [...functionNames(linked.wasm).values()];
      for (const name of ['task_destroy', 'coro_init', '__wrap_vfprintf']) assert.equal(names.filter((n) => n === name).length, 2, name);
    });

    for (const withMap of [false, true]) {
      it(`suspend in ${target}, with${withMap ? '' : 'out'} a map`, async () => {
        const wasm = await finish(withMap ? linked : { wasm: linked.wasm }, { level: '2', names: false, stackCheck: true });
        const file = join(buildDir('modules'), `same_names-${target}-${withMap}.wasm`);
        writeFileSync(file, wasm);
        const { run } = /** @type {typeof backends[number]} */ (backends.find(({ name }) => name.startsWith(target === 'js' ? 'js on' : 'wasi on node')));
        assert.deepEqual(await run(file), { code: 0, signal: null, stdout: '7\n', stderr: '' });
      });
    }
  }
});
