// The packed package: what is in it, and which entry each host gets.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { installByNpm } from '../support/package.js';
import { root } from '../support/paths.js';
import { mustRun } from '../support/process.js';
import { COMMAND } from './cli_support.js';

describe('the package', () => {
  const project = mkdtempSync(join(tmpdir(), 'bide-package-'));
  let installed = '', stderr = '';

  before(async () => {
    ({ installed, stderr } = await installByNpm(project));
    await mustRun(process.execPath, [COMMAND, 'build', join(root, 'examples/hello.c'), '-o', join(project, 'hello')]);
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  /** Run a script of the project. @param {string} text  @param {string[]} [flags]  of Node  @returns {Promise<string>} what it prints */
  async function run(text, flags = []) {
    writeFileSync(join(project, 'script.mjs'), text);
    return (await mustRun(process.execPath, [...flags, 'script.mjs'], { cwd: project })).stdout;
  }

  /** @param {string} name  as it is imported  @param {string[]} [flags]  @returns {Promise<string>} its file in the package */
  const fileOf = async (name, flags) =>
    (await run(`console.log(import.meta.resolve('${name}'));`, flags)).trim().replace(/^.*\/node_modules\/bide\//, '');

  it('runs nothing when it is installed, so npm has no question about it', () => {
    assert.doesNotMatch(stderr, /bide/);
    const { scripts } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    assert.deepEqual(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name)), []);
  });

  it('holds all that the command and the runtime consist of', () => {
    const files = (/** @type {string} */ dir) => readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
    for (const dir of ['js', 'src', 'wasm', 'include', 'examples'].filter((name) => existsSync(join(root, name)))) {
      assert.ok(existsSync(join(installed, dir)), `${dir} is not in the package: see "files" in package.json`);
      assert.deepEqual(files(join(installed, dir)), files(join(root, dir)));
    }
  });

  it('holds all that its README links to', () => {
    const links = [...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/\]\((?!\w+:)([^)#]+)/g)].map((match) => match[1]);
    assert.ok(links.length > 10);
    assert.deepEqual(links.filter((link) => !existsSync(join(installed, link))), []);
  });

  it('has an entry for Node, and one for pages', async () => {
    assert.equal(await fileOf('bide'), 'js/index.js');
    assert.equal(await fileOf('bide', ['--conditions=browser']), 'js/page.js');
    assert.equal(await fileOf('bide/page'), 'js/page.js');
    await assert.rejects(fileOf('bide/js/index.js'), /ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });

  it('loads a program from a path in Node', async () => {
    assert.equal(await run("import { load } from 'bide';\nawait (await load('hello/app.wasm')).run();"), 'Hello!\n');
  });

  it('loads a program by the entry for pages, whose stdout is the console', async () => {
    const script = `import { BideError, load } from 'bide';
      import { readFileSync } from 'node:fs';
      console.log = (line) => process.stdout.write('console: ' + line + '\\n');
      await (await load(readFileSync('hello/app.wasm'))).run();
      await load('no/such/file').catch((error) => console.log(error.name + ', ' + new BideError('EVALUE').name));`;
    assert.equal(await run(script, ['--conditions=browser']), 'console: Hello!\nconsole: TypeError, ValueError\n');
  });
});
