// What a program sees and what it leaves: the same on both targets.

import assert from 'node:assert/strict';
import test from 'node:test';
import { workspace } from './cli_support.js';

const TARGETS = { js: [], 'wasi, node': ['--target', 'wasi', '--engine', 'node'] };

const WORLD = `#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
    for (int i = 0; i < argc; i++) printf("[%s]", argv[i]);
    printf(" %s\\n", getenv("GREETING"));
    char line[80];
    while (fgets(line, sizeof line, stdin)) fputs(line, stdout);
    const char *paths[] = { "here.txt", "sub/../here.txt", "/etc/hostname-that-is-not", "sub/there.txt" };
    for (int i = 0; i < 4; i++) {
        FILE *f = fopen(paths[i], "r");
        fputs(f && fgets(line, sizeof line, f) ? line : "none\\n", stdout);
    }
    fputs("to stderr\\n", stderr);
    return 42;
}
`;

const PROCESS = `#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
static void catches(int signal) { printf("caught %d\\n", signal); }
int main(void) {
    char name[] = "XXXXXX", there[L_tmpnam], line[8] = "";
    signal(SIGTERM, catches);
    raise(SIGTERM);
    FILE *f = tmpfile();
    if (!f || fputs("line\\n", f) < 0) return 1;
    rewind(f);
    if (!fgets(line, sizeof line, f) || !tmpnam(there)) return 2;
    const int fd = mkstemp(name);
    if (fd < 0 || close(fd) != 0 || unlink(name) != 0 || !mkdtemp(memcpy(name, "XXXXXX", 7)) || rmdir(name) != 0) return 3;
    if (clock() < 0 || getpid() <= 0 || mmap(NULL, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) return 4;
    printf("%s%d\\n", line, system("true"));
    return 0;
}
`;

for (const [name, target] of Object.entries(TARGETS)) {
  test(`run on ${name}: arguments, environment, stdin, files, stderr, exit code`, (t) => {
    const { bide } = workspace(t, { 'world.c': WORLD, 'here.txt': 'here\n', 'sub/there.txt': 'there\n' });
    const result = bide(['run', ...target, 'world.c', '--', 'a b', '--html', '-x'], { input: 'one\ntwo\n', env: { GREETING: 'grüezi' } });
    assert.deepEqual(result, {
      status: 42,
      stdout: '[world][a b][--html][-x] grüezi\none\ntwo\nhere\nhere\nnone\nthere\n',
      stderr: 'to stderr\n',
    });
  });

  test(`run on ${name}: what libc has of the process needs no flags, and is not warned of`, (t) => {
    const { bide } = workspace(t, { 'process.c': PROCESS });
    assert.deepEqual(bide(['run', ...target, '-Wall', '-Werror', 'process.c']), { status: 0, stdout: 'caught 15\nline\n-1\n', stderr: '' });
  });

  test(`run on ${name}: --dir opens that folder only`, (t) => {
    const { bide } = workspace(t, { 'world.c': WORLD, 'here.txt': 'here\n', 'sub/there.txt': 'there\n' });
    const { stdout } = bide(['run', ...target, 'world.c', '--dir', 'sub'], { env: { GREETING: '' } });
    assert.equal(stdout, '[world] \nnone\nnone\nnone\nthere\n');
  });

  test(`run on ${name}: --virtual-time takes no time`, (t) => {
    const { bide } = workspace(t, { 'nap.c': '#include <bide.h>\n#include <stdio.h>\nstatic int f(void *a) { (void)a; puts("before"); BIDE_TRY(bide_sleep(100000)); puts("after"); return 0; }\nint main(void) { return bide_main(f, 0); }\n' });
    assert.deepEqual(bide(['run', ...target, 'nap.c', '--virtual-time']), { status: 0, stdout: 'before\nafter\n', stderr: '' });
  });

  test(`run on ${name}: a trap exits 134 and names the C function`, (t) => {
    const { bide } = workspace(t, { 'trap.c': '__attribute__((noinline)) static void culprit(void) { __builtin_trap(); }\nint main(void) { culprit(); return 0; }\n' });
    const { status, stderr } = bide(['run', ...target, '-O0', 'trap.c']);
    assert.match(stderr, /unreachable/);
    assert.match(stderr, /culprit/);
    assert.equal(status, 134);
  });

  test(`run on ${name}: no function of the library is taken for the program's`, (t) => {
    const { bide } = workspace(t, { 'trap.c': `#include <bide.h>
#include <stdlib.h>
__attribute__((noinline)) static int culprit(const void *a, const void *b) { if (*(const int *)a != *(const int *)b) __builtin_trap(); return 0; }
static int work(void *a) { (void)a; int n[2] = { 2, 1 }; BIDE_TRY(bide_sleep(0.001)); qsort(n, 2, sizeof n[0], culprit); return 0; }
int main(void) { return bide_main(work, NULL); }
` });
    const { stderr } = bide(['run', ...target, 'trap.c']);
    const names = [...stderr.matchAll(/^.*?(?:at |!)(\w+)(?: \(.*wasm-function.*)?$/gm)].map(([, function_]) => function_).filter((function_) => !/^(bide__|_)/.test(function_));
    assert.deepEqual([names[0], names.filter((function_) => !['culprit', 'qsort', 'qsort_r', 'work', 'smoothsort', 'sift', 'trinkle', 'wrapper_cmp'].includes(function_))], ['culprit', []]);
  });

  test(`run on ${name}: the end of the engine's own stack names the C function`, (t) => {
    const { bide } = workspace(t, { 'deep.c': `#include <bide.h>
static volatile int zero;
__attribute__((noinline)) static int odd(int n);
__attribute__((noinline)) static int even(int n) { return n == zero ? zero : odd(n - 1) + zero; }
static int odd(int n) { return even(n - 1) + zero + 1; }
static int task(void *arg) { (void)arg; return even(100000000); }
int main(void) { return bide_main(task, 0); }
` });
    const { status, stderr } = bide(['run', ...target, '-g', 'deep.c']);
    assert.match(stderr, /^bide: trap: the engine's own stack is exhausted by (even|odd)[, evnod]* \(/);
    assert.equal(status, 134);
  });

  test(`run on ${name}: tasks that suspend inside a qsort, at -O0, -Os and -g`, (t) => {
    const { bide } = workspace(t, { 'sort.c': `#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
static int compare(const void *a, const void *b) { bide_ignore(bide_sleep(0.5)); return *(const int *)a - *(const int *)b; }
static int sort(void *arg) {
    int v[] = { 3, 1, 2 };
    qsort(v, 3, sizeof *v, compare);
    printf("%s %d%d%d\\n", (char *)arg, v[0], v[1], v[2]);
    return 0;
}
static int both(void *arg) {
    (void)arg;
    return bide_gather_join(BIDE_FUTURES(bide_create_task(sort, "a"), bide_create_task(sort, "b")), false, NULL);
}
int main(void) { return bide_main(both, NULL); }
` });
    for (const level of ['-O0', '-Os', '-g']) {
      assert.deepEqual(bide(['run', ...target, '--virtual-time', level, 'sort.c']), { status: 0, stdout: 'a 123\nb 123\n', stderr: '' }, level);
    }
  });
}

/** A C program that jumps, and knows nothing of bide. */
const JUMPS = `#include <setjmp.h>
#include <stdio.h>
static jmp_buf env;
static void leave(int code) { longjmp(env, code); }
static int enter(void) { return setjmp(env); }
int main(int argc, char **argv) {
    (void)argv;
    volatile int times = 0;
    const int code = argc > 1 ? enter() : setjmp(env);
    if (times++ < 3) leave(code + 2);
    printf("%d after %d\\n", code, times);
    return 0;
}
`;

for (const [name, target] of Object.entries({ ...TARGETS, 'wasi, the engine found': ['--target', 'wasi'] })) {
  test(`run on ${name}: setjmp and longjmp`, (t) => {
    const { bide } = workspace(t, { 'jumps.c': JUMPS });
    assert.deepEqual(bide(['run', ...target, 'jumps.c']), { status: 0, stdout: '6 after 4\n', stderr: '' });
    const stderr = 'bide: longjmp in main or a callback to a function that has returned, or runs in another task or outside of the event loop';
    const refused = bide(['run', ...target, 'jumps.c', '--', 'x']);
    assert.deepEqual({ ...refused, stderr: refused.stderr.split('\n')[0] }, { status: 134, stdout: '', stderr });
  });
}

test('run: on a PATH engine the program is started as `PATH app.wasm args`', (t) => {
  const { bide } = workspace(t, { 'app.c': 'int main(void) { return 0; }\n' });
  const { status, stdout } = bide(['run', '--target', 'wasi', '--engine', '/bin/echo', 'app.c', '--', 'x', 'y']);
  assert.match(stdout, /app\.wasm x y\n$/);
  assert.equal(status, 0);
});
