// What js/link/stays.js and stdio.js rest on, looked up in libc's own objects: which members call through pointers, and through
// which. If another libc has others, see that stdio.js still tells them apart, and give each that calls the program back a case in
// tests/c/test_libc_callbacks.c.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadClang } from '../../js/cli/clang.js';
import { callsOf } from '../../js/link/calls.js';
import { isStreamCall } from '../../js/link/stdio.js';

/** They call what stands in a FILE, and nothing else. */
const STREAMS = ['__fclose_ca', '__overflow', '__stdio_exit', '__toread', '__uflow', 'fclose', 'fflush', 'fread', 'fseek', 'fwrite', 'vfprintf'];
/** They call the program back, or may: ftell loads the pointer of a FILE earlier than it calls it. */
const CALL_BACK = ['at_quick_exit', 'atexit', 'bsearch', 'fopencookie', 'ftell', 'glob', 'lsearch', 'nftw', 'pthread_cleanup_push', 'pthread_key_create',
  'pthread_once', 'qsort', 'qsort_nr', 'scandirat', 'tdelete', 'tdestroy', 'tfind', 'tsearch', 'twalk'];

describe('libc', () => {
  /** By the member: its calls through pointers. @type {[string, import('../../js/link/calls.js').PointerCall[] | undefined][]} */
  let members;
  before(async () => {
    const { runLLVM } = await loadClang();
    const objects = await runLLVM(['llvm-ar', 'x', '/usr/lib/wasm32-wasip1/libc.a'], {}, {});
    members = Object.entries(objects ?? {}).map(([name, object]) => {
      const calls = callsOf(/** @type {Uint8Array} */ (object));
      return [name.replace(/\.c\.obj$/, ''), calls && [...calls.pointerCalls.values()].flat()];
    });
  });

  it('has no instruction that we do not know', () => {
    assert.ok(members.length > 500);
    assert.deepEqual(members.filter(([, calls]) => !calls).map(([name]) => name), []);
  });

  it('calls the functions of a stream in members of stdio alone', () => {
    const found = members.filter(([, calls]) => calls && calls.length > 0 && calls.every(isStreamCall)).map(([name]) => name);
    assert.deepEqual(found.sort(), STREAMS);
  });

  it('calls the program back in the members that are known, none of whose calls is taken for one of a stream', () => {
    const others = members.filter(([, calls]) => calls?.some((call) => !isStreamCall(call)));
    assert.deepEqual(others.map(([name]) => name).sort(), CALL_BACK);
    assert.deepEqual(others.filter(([, calls]) => calls?.some(isStreamCall)), []);
  });
});
