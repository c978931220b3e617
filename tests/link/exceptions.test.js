// js/link/exceptions.js: longjmp in the form that the engine has.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import binaryen from 'binaryen';
import { finish } from '../../js/link/finish.js';
import { linkedProgram } from './linked.js';

/** @typedef {import('../../js/cli/library.js').Target} Target */

const OPTIONS = { level: '2', names: false, stackCheck: true };

/** Which instructions catch in a finished module. @param {string} name  @param {Target} target  @param {boolean} [legacyExceptions] */
async function catching(name, target, legacyExceptions) {
  const wasm = await finish(await linkedProgram(name, target), { ...OPTIONS, legacyExceptions });
  const module = binaryen.readBinary(wasm), text = module.emitText();
  module.dispose();
  return ['try', 'try_table'].filter((instruction) => new RegExp(`\\(${instruction}\\s`).test(text));
}

describe('exceptions', () => {
  it('have the new form for WASI', async () => assert.deepEqual(await catching('jumps', 'wasi'), ['try_table']));
  it('have the legacy form for WASI, if asked for', async () => assert.deepEqual(await catching('jumps', 'wasi', true), ['try']));
  it('have the legacy form for JavaScript', async () => assert.deepEqual(await catching('jumps', 'js'), ['try']));
  it('are not in a program without longjmp', async () => assert.deepEqual(await catching('workers', 'wasi'), []));
});
