// The names of C that JavaScript knows, beside those that the library tells (told.js).
// tests/link/names.test.js compares them with the library.

/** wasm/link/linked.c defines it. The library's flags ask for it, so it is in every module of ours. */
export const LINKED = 'bide__linked';

/** How the compiler and the C library name a program's main. */
export const MAIN = ['main', '__main_argc_argv', '__main_void', '__original_main'];

/** Imported functions that the passes define. */
export const ASYNCIFY = { module: 'asyncify', startUnwind: 'start_unwind', stopUnwind: 'stop_unwind', startRewind: 'start_rewind', stopRewind: 'stop_rewind' };
export const PASS = { module: 'bide_pass', setStack: 'set_stack', stackBase: 'stack_base', stackLimit: 'stack_limit', state: 'asyncify_state' };
/** Those of PASS that only modules for JavaScript import. */
export const CALL_EXPORT = 'call_export', SUSPENDS = 'suspends';

/** The stack check calls it, with the stack pointer that is out of its limits. */
export const OVERFLOW = 'bide__stack_overflow';

/** It calls this one where stack is given back, if a module has debug mode. */
export const RAISED = 'bide__stack_raised';

/** Around each call of JavaScript's: they say that it runs, and that C goes on. */
export const LEAVE = 'bide__js_leave', BACK = 'bide__js_back';
/** It keeps the arguments of a call from JavaScript. */
export const CALL = 'bide__js_call';
/** What BIDE_IMPORT_PROMISE imports from, and the function that is told of the task that asked. */
export const PROMISE_MODULE = 'bide:promise', ASKS = 'bide__js_asks';
/** What BIDE_JAVASCRIPT imports from: functions that C has the bodies of. */
export const JAVASCRIPT_MODULE = 'bide:javascript';
/** It is told of an import that threw a code. The imports that return an int are renamed to come from this module. */
export const INT_MODULE = 'bide:int', THREW = 'bide__js_threw';
/** What the module exports for JavaScript to call the export NAME is this, a letter for the type of each parameter, a colon, and
 *  NAME: `call:id:NAME` takes an int and a double. */
export const CALL_PREFIX = 'call:';
/** They give JavaScript memory, and take it back. */
export const ALLOC = 'bide__js_alloc', FREE = 'bide__js_free';

/** By these JavaScript makes values of C, if the program imports one of those functions of the runtime. */
export const VALUE_MAKERS = ['bide__js_blob', 'bide__js_clear'], USES_VALUES = /^(outcome$|(value|function|callback|iterator|signal)_)/;

/** For the typed function NAME the module exports this and NAME: the address of its description. */
export const TYPED_PREFIX = 'function:';

/** The linker's variable. Its first value is where the stack of main begins. */
export const STACK_POINTER = '__stack_pointer';

/** The tree of tasks, and debug mode. They are linked in only if somebody asks for them. */
export const DUMP = 'bide_dump', DEBUG = 'bide__debug';
/** wasm/wasi/closed_pipe.c stands in for this function of libc in what `bide run` links. */
export const WRITE = '__wasi_fd_write';
/** wasm/libc/cookie.c stands in for this function of libc in programs with coroutines that call it. It needs the core, so it is not
 *  asked for in general, as other stand-ins are. */
export const COOKIE = 'fopencookie';
/** Prints the tree of tasks of the loop that runs. */
export const DUMP_RUNNING = 'bide__dump_running';

/** Each module for JavaScript exports it. */
export const JS_FLUSH = 'bide__js_flush';
