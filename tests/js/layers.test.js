// The layers of js/: a file imports from its own layer and from lower ones.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from '../support/paths.js';

/** The files of each layer, its name, the layers below it. @type {[RegExp, string, string[]][]} */
const LAYERS = [
  [/^runtime\//, 'runtime', []],
  [/^page(\/|\.js$)/, 'page', ['runtime']],
  [/^(node\/|index\.js$)/, 'node', ['runtime']],
  [/^(anywhere|bodies|detect|packed_files|with_bodies|with_files)\.js$/, 'anywhere', ['runtime', 'page', 'node']],
  [/^link\//, 'link', []],
  [/^cli\//, 'cli', ['runtime', 'page', 'node', 'anywhere', 'link']],
];

/** The types of the package belong to all layers. */
const TYPES = 'index.d.ts';

/** @param {string} file */
const layerOf = (file) => LAYERS.find(([pattern]) => pattern.test(file));

/** What a file imports: in statements, dynamically, and in the types of its comments.
 *  @param {string} text  @returns {string[]} */
function importsOf(text) {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*(?:\/\*.*?\*\/\s*)*(['"`])(.+?)\1/g)].map(([, , name]) => name);
}

/** The path below js/ that `name` means in `file`. @param {string} file  @param {string} name */
const target = (file, name) => new URL(name, `js:/${file}`).pathname.slice(1);

/** @param {string} file  below js/  @param {string} text  @returns {string[]} what it may not import */
function wrongImports(file, text) {
  const [, own, lower] = layerOf(file) ?? assert.fail(`${file} is in no layer`);
  return importsOf(text).filter((name) => name.startsWith('.') && target(file, name) !== TYPES)
    .filter((name) => ![own, ...lower].includes(layerOf(target(file, name))?.[1] ?? ''));
}

/** Sources by their paths below js/. */
const sources = Object.fromEntries(readdirSync(join(root, 'js'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js')).map((name) => [name, readFileSync(join(root, 'js', name), 'utf8')]));

/** A file and all that it imports, and so on. @param {string} file  @param {Set<string>} [found] */
function closure(file, found = new Set()) {
  if (found.has(file) || file === TYPES) return found;
  found.add(file);
  for (const name of importsOf(sources[file])) closure(target(file, name), found);
  return found;
}

it('the test sees every kind of import', () => {
  const text = `import '../cli/a.js';\nexport { b } from "../cli/b.js";\nimport {\n  c,\n} from '../cli/c.js';
    await import('../cli/d.js'); await import(/* webpackIgnore: true */ \`../cli/e.js\`);\n/** @type {import('../cli/f.js').F} */`;
  assert.equal(wrongImports('runtime/x.js', text).length, 6);
  assert.deepEqual(wrongImports('page/x.js', "import '../runtime/a.js'; import './b.js'; import '../node/c.js'; import '../index.js';"),
    ['../node/c.js', '../index.js']);
  assert.deepEqual(wrongImports('node/x.js', "import '../page.js'; import '../detect.js'; import 'node:fs';"), ['../page.js', '../detect.js']);
});

for (const [file, text] of Object.entries(sources)) {
  it(`${file} imports nothing from above`, () => assert.deepEqual(wrongImports(file, text), []));
}

it('neither the entry for pages nor what it imports names a module of Node', () => {
  const files = [...closure('page.js')];
  assert.ok(files.includes('runtime/wasi.js'), 'the test follows imports');
  assert.deepEqual(files.filter((file) => /['"`]node:/.test(sources[file])), []);
});

it('imports whose name is a variable are in node/ alone', () => {
  const dynamic = /\bimport\((?!\s*(?:\/\*.*?\*\/\s*)*['"`])/;
  const files = Object.entries(sources).filter(([file, text]) => !file.startsWith('cli/') && dynamic.test(text)).map(([file]) => file);
  assert.deepEqual(files, ['node/builtin.js']);
});
