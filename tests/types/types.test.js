// The types that the package ships accept what they should, and refuse the rest; the types in comments agree with the code.

import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { buildDir, root } from '../support/paths.js';
import { mustRun, runProcess } from '../support/process.js';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** What TypeScript says about a project of this folder. @param {string} project  @returns {Promise<string[]>} lines */
async function complaints(project) {
  const { stdout } = await runProcess(process.execPath, [compiler, '--pretty', 'false', '-p', join('tests/types', project)], { cwd: root, timeout: 120_000 });
  return stdout.split('\n').filter(Boolean);
}

/** What a program has the types of, by project. */
const SURROUNDINGS = { 'lib dom': 'tsconfig.json', 'no host': 'bare.json', 'Node': 'node.json', 'lib dom and Node': 'both.json' };

for (const [name, project] of Object.entries(SURROUNDINGS)) {
  it(`index.d.ts, with the types of ${name}`, { timeout: 120_000 }, async () => assert.deepEqual(await complaints(project), []));
}

/** What TypeScript says about a use of a program's own types, in a folder where the package is not found.
 *  @param {string} name  @param {string[]} lib  @param {{ module: string, moduleResolution?: string }} [how]  @returns {Promise<string>} */
async function complaintsAbout(name, lib, how = { module: 'nodenext' }) {
  const dir = buildDir(`types-${name}-${how.module}-${lib.length}`), source = join(root, 'tests/types', name);
  await mustRun(process.execPath, [join(root, 'js/cli/main.js'), 'build', `${source}.c`, '-o', dir]);
  copyFileSync(`${source}.ts`, join(dir, 'use.mts'));
  const compilerOptions = { strict: true, noEmit: true, noUnusedLocals: true, exactOptionalPropertyTypes: true, target: 'es2022', types: [], lib, ...how };
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.mts', 'app.d.ts'] }));
  return (await runProcess(process.execPath, [compiler, '--pretty', 'false', '-p', dir], { timeout: 120_000 })).stdout;
}

for (const lib of [['es2022'], ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable']]) {
  it(`app.d.mts, with lib ${lib.slice(0, 2).join(' and ')}`, { timeout: 120_000 }, async () => assert.equal(await complaintsAbout('app', lib), ''));
}

for (const how of [{ module: 'nodenext' }, { module: 'esnext', moduleResolution: 'bundler' }]) {
  it(`app.d.mts with typed functions, and types of the program's own, with module ${how.module}`, { timeout: 120_000 }, async () => {
    assert.equal(await complaintsAbout('typed', ['es2022'], how), '');
  });
}

it('each function has the comment above it, and no other', { timeout: 120_000 }, async () => {
  const { stdout } = await runProcess(process.execPath, [join(root, 'js/cli/main.js'), 'types', join(root, 'tests/types/typed.c')], { timeout: 120_000 });
  assert.equal(/^export interface Exports {\n([^]*?)^}\n/m.exec(stdout)?.[1], `  /**
   * Greets somebody.
   *
   *   - \`politely\`,
   *   - "often".
   *
   * @param name  whom
   */
  greet(name: string, times?: number): Promise<string>;
  ticks(period: number, count: number): AsyncGenerator<number>;
  /**
   * The area of a rectangle.
   * It is no *\\/ estimate.
   */
  area(w: number, h: number): number;
  /** All that are in a state. */
  todos(state: State, ...more: Todo[]): Promise<Record[]> // all
  ;
  "new"(): void;
  each(items: readonly (string | null)[], fn: (item: string, i: number) => void, then: bigint | undefined): Generator<Uint8Array>;
  delete<T extends App>(x: T): T | null;
  /** Adds two. */
  add(a: number | string | Uint8Array | boolean, b: number | boolean): Promise<number>;
`);
});

it('app.d.mts of a program that imports nothing asks for no imports', { timeout: 120_000 }, async () => {
  assert.equal(await complaintsAbout('plain', ['es2022']), '');
});

it('the types in the comments of js/', { timeout: 120_000 }, async () => {
  assert.deepEqual(await complaints('js.json'), []);
});
