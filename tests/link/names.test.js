// The names of C in js/link/names.js and src/link.h are the same on both sides.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { makeLibrary, planLibrary, readLibrary } from '../../js/cli/library.js';
import { ALLOC, ASKS, ASYNCIFY, BACK, CALL, CALL_EXPORT, COOKIE, DEBUG, DUMP, DUMP_RUNNING, FREE, JS_FLUSH, LEAVE, LINKED, OVERFLOW, PASS, RAISED, STACK_POINTER, SUSPENDS, THREW, WRITE } from '../../js/link/names.js';
import { SECTIONS, toldBy } from '../../js/link/told.js';
import { archiveMembers, definedSymbols, imports, isWasm } from '../../js/link/wasm.js';
import { root } from '../support/paths.js';

it('src/link.h has the custom sections that told.js reads', () => {
  const sections = [...readFileSync(join(root, 'src/link.h'), 'utf8').matchAll(/BIDE__TELL\("(\w+)"/g)].map(([, name]) => name);
  assert.deepEqual(sections.sort(), Object.keys(SECTIONS).sort());
});

for (const target of /** @type {const} */ (['js', 'wasi'])) {
  describe(`the library for ${target}`, { timeout: 300_000 }, () => {
    /** @type {Uint8Array} */
    let archive;
    /** @type {ReturnType<typeof definedSymbols>} */
    let symbols;
    /** @type {ReturnType<typeof imports>} of all members */
    let imported;
    before(async () => {
      const library = planLibrary(target);
      await makeLibrary(target, library);
      archive = readLibrary(library);
      symbols = definedSymbols(archive);
      imported = archiveMembers(archive).filter(isWasm).flatMap(imports);
    });

    it('has what JavaScript knows by name', () => {
      const names = [LINKED, OVERFLOW, RAISED, DUMP, DEBUG, DUMP_RUNNING, `__wrap_${COOKIE}`, ...(target === 'js' ? [JS_FLUSH, LEAVE, BACK, CALL, ASKS, THREW, ALLOC, FREE] : [`__wrap_${WRITE}`])];
      assert.deepEqual(names.filter((name) => !symbols.some((symbol) => symbol.name === name && !symbol.local)), []);
      assert.ok(imported.some(({ module, name }) => module === 'env' && name === STACK_POINTER));
    });

    for (const { module, ...names } of [{ ...PASS, ...(target === 'js' ? { CALL_EXPORT, SUSPENDS } : {}) }, ASYNCIFY]) {
      it(`imports from ${module} what the passes define`, () => {
        const wanted = new Set(imported.filter((one) => one.module === module).map(({ name }) => name));
        assert.deepEqual([...wanted].sort(), Object.values(names).sort());
      });
    }

    it('tells of functions that it has', () => {
      const { cold, link, linkMain, linkExport, linkPromise } = toldBy(archive);
      const fromLinker = [...link, ...linkMain, ...linkExport, ...linkPromise].flatMap((option) => {
        const [, what, name] = /^--(undefined|wrap)=(.*)/.exec(option) ?? [];
        return what === 'wrap' ? `__wrap_${name}` : name ?? [];
      });
      for (const names of [cold, fromLinker]) {
        assert.ok(names.length > 0);
        assert.deepEqual(names.filter((name) => !symbols.some((symbol) => symbol.name === name && symbol.isFunction)), []);
      }
    });
  });
}
