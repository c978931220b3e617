// bide build --files: folders beside app.mjs, whose files the program finds.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { workspace } from './cli_support.js';

/** Prints the file or folder that each argument names. */
const SHOW = `#include <dirent.h>
#include <stdio.h>
int main(int argc, char **argv) {
    char text[64];
    for (int i = 1; i < argc; i++) {
        DIR *dir = opendir(argv[i]);
        FILE *f = dir ? NULL : fopen(argv[i], "r");
        printf("%s:", argv[i]);
        for (struct dirent *e; dir && (e = readdir(dir));) if (e->d_name[0] != '.') printf(" %s", e->d_name);
        if (dir) closedir(dir);
        if (f) printf(" %s", fgets(text, sizeof text, f) ? text : "nothing"), fclose(f);
        puts(dir || f ? "" : " none");
    }
    return 0;
}
`;

/** What the program that was built prints. @param {string} dir  @param {string} out  @param {string[]} args  @param {string} [options]  more, as text */
function show(dir, out, args, options = '') {
  const script = `const { load } = await import('./app.mjs'); await (await load({ args: ['show', ...${JSON.stringify(args)}], ${options} })).run();`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: join(dir, out), encoding: 'utf8', stdio: 'pipe' });
}

test('a folder is copied beside app.mjs, and found by its name at the root', (t) => {
  const { dir, bide } = workspace(t, { 'show.c': SHOW, 'some/assets/a.txt': 'A', 'some/assets/in/b c%#?é.txt': 'B', 'some/assets/empty.txt': '' });
  mkdirSync(join(dir, 'some/assets/none'));
  assert.deepEqual(bide(['build', 'show.c', '--files', 'some/assets/', '-o', 'out']), { status: 0, stdout: '', stderr: '' });
  assert.deepEqual(readdirSync(join(dir, 'out/assets'), { recursive: true }).sort(), ['a.txt', 'empty.txt', 'in', 'in/b c%#?é.txt']);
  assert.equal(show(dir, 'out', ['/', 'assets', 'assets/a.txt', '/assets/in/b c%#?é.txt', '/assets/empty.txt', '/assets/none']),
    '/: assets\nassets: a.txt empty.txt in none\nassets/a.txt: A\n/assets/in/b c%#?é.txt: B\n/assets/empty.txt: nothing\n/assets/none:\n');
});

test('a path of one\'s own, several folders, the working directory', (t) => {
  const { dir, bide } = workspace(t, { 'show.c': SHOW, 'one/a': '1', 'two/a': '2', 'odd@name/a': '3' });
  assert.equal(bide(['build', 'show.c', '--files', 'one@/data/first', '--files', join(dir, 'two'), '--files', 'odd@name', '-o', 'out']).status, 0);
  assert.equal(show(dir, 'out', ['data/first/a', 'two/a', 'odd@name/a']), 'data/first/a: 1\ntwo/a: 2\nodd@name/a: 3\n');
  assert.equal(bide(['build', 'show.c', '--files', 'one@/', '-o', 'at-root']).status, 0);
  assert.equal(show(dir, 'at-root', ['a']), 'a: 1\n');
  for (const here of ['.', './']) {
    assert.equal(bide(['build', 'show.c', '--files', here, '-o', 'here']).status, 0);
    assert.equal(show(dir, 'here', ['two/a', 'here', 'at-root/files/a']), 'two/a: 2\nhere: none\nat-root/files/a: 1\n');
  }
});

test('a folder that is beside app.mjs already, and links', (t) => {
  const { dir, bide } = workspace(t, { 'show.c': SHOW, 'out/data/a': 'A', 'elsewhere/b': 'B' });
  symlinkSync('../../elsewhere', join(dir, 'out/data/link'));
  symlinkSync('..', join(dir, 'out/data/circle'));
  symlinkSync('nowhere', join(dir, 'out/data/broken'));
  assert.equal(bide(['build', 'show.c', '--files', 'out/data', '-o', 'out']).status, 0);
  assert.equal(show(dir, 'out', ['data', 'data/a', 'data/link/b', 'data/circle']), 'data: a link\ndata/a: A\ndata/link/b: B\ndata/circle: none\n');
});

test('what load is given comes before what was built in', (t) => {
  const { dir, bide } = workspace(t, { 'show.c': SHOW, 'data/a': 'A', 'data/b': 'B', 'host/h': 'H' });
  assert.equal(bide(['build', 'show.c', '--files', 'data', '-o', 'out']).status, 0);
  assert.equal(show(dir, 'out', ['data', 'data/a', 'data/b', 'c'], "files: { '/data/b': 'mine', '/c': 'C' }"), 'data: a b\ndata/a: A\ndata/b: mine\nc: C\n');
  assert.equal(show(dir, 'out', ['/', 'data'], "preopens: { '/': '../host' }"), '/: h\ndata: none\n');
});

test('a file that is missing beside app.mjs is named', (t) => {
  const { dir, bide } = workspace(t, { 'show.c': SHOW, 'data/a': 'A' });
  assert.equal(bide(['build', 'show.c', '--files', 'data', '-o', 'out']).status, 0);
  execFileSync('rm', [join(dir, 'out/data/a')]);
  assert.throws(() => show(dir, 'out', []), /load: files: \/data\/a can't be read: ENOENT/);
});

test('a program that opens no files', (t) => {
  const { dir, bide } = workspace(t, { 'data/a': 'A', 'none.c': '#include <stdio.h>\nint main(void) { puts("ok"); return 0; }\n' });
  assert.equal(bide(['build', 'none.c', '--files', 'data', '-o', 'none']).status, 0);
  assert.equal(show(dir, 'none', []), 'ok\n');
});

test('app.mjs without --files asks for none', (t) => {
  const { dir, bide } = workspace(t, { 'show.c': SHOW });
  assert.equal(bide(['build', 'show.c', '-o', 'out']).status, 0);
  assert.equal(show(dir, 'out', ['/', 'a']), '/:\na: none\n');
  assert.equal(existsSync(join(dir, 'out/files')), false);
});
