// What --help prints, and the usage line that follows an error.

/** @type {Record<string, string>} */
export const USAGE = {
  '': 'usage: bide run|build|types FILE... [options] [-- args] | bide link IN.wasm -o OUT.wasm | bide doctor | bide --help | bide --version',
  run: 'usage: bide run FILE... [options] [-- args]',
  build: 'usage: bide build FILE... -o OUT [options]',
  types: 'usage: bide types FILE... [options]',
  link: 'usage: bide link IN.wasm -o OUT.wasm [options] | bide link --flags [--target js|wasi] [--driver] [FILE...]',
  doctor: 'usage: bide doctor',
};

const COMPILING = `
Compiling:
  -O0 -O1 -O2 -O3 -Os -Oz   how much to optimise (default: -O2)
  -g                        names and assertions for debugging
  -D NAME[=VALUE]  -U NAME  define, undefine a macro
  -I DIR                    look for headers in DIR
  -W WARNING                as clang's: -Wall, -Werror, ...
  -std=STANDARD             language standard: c11, gnu17, ...
  -l NAME  -L DIR           link with libNAME.a; look for it in DIR
  --legacy-exceptions       longjmp in the older form of exceptions, also for
                            WASI; see bide link --help
  FILE                      .c, .i, .S, .s are compiled; .o, .a are linked

What is made is kept in the folder BIDE_CACHE, which bide doctor names. It gets at
most BIDE_CACHE_SIZE megabytes large (default: 1000).
`;

const GENERAL = `
  -v, --verbose             say on stderr what is done
  --help                    print this
`;

/** @type {Record<string, string>} */
export const HELP = {
  '': `${USAGE['']}

Compiles C programs whose calls may suspend to WebAssembly, and runs them.

  run       compile and run
  build     compile into a folder for a page or Node, or into one WASI module
  types     print the types that JavaScript sees, for TypeScript
  link      finish a module that another tool chain has linked, or say how to
            link it
  doctor    say which tools are found, and what is missing
  --version print the version

bide run --help, bide build --help, bide types --help and bide link --help list
their options, as bide help run does.
`,
  run: `${USAGE.run}

Compiles FILEs, unless nothing has changed, and runs the program. Its standard
input, output, environment, files and exit code are those of a native program.

Running:
  --target js|wasi          run in this Node (default), or in a WASI engine
  --engine wasmtime|node|PATH
                            the WASI engine (default: wasmtime if it is
                            installed, else Node's own)
  --virtual-time            the clock jumps to the next timer instead of waiting,
                            and stands still while input is waited for
  --debug                   report on stderr what is suspicious: slow callbacks,
                            calls from the wrong place, tasks that are left, ...
                            (also if BIDE_DEBUG=1 is in the environment)
  --dir PATH                let the program see only PATH (repeatable;
                            default: the working directory and /)
  -- ARGS                   the program's arguments
${COMPILING}${GENERAL}
Ctrl-C cancels the main task, and a second one ends the program. Ctrl-\\ prints
what each task waits for, and the program goes on (but npx ends at Ctrl-\\ itself:
node_modules/.bin/bide does not). WASI engines have no signals:
there each of them ends the program.

Exit: the program's own; 1 it can't be compiled or linked; 2 wrong usage;
13 deadlock; 130 Ctrl-C; 134 trap or stack overflow; 141 nobody reads its output.
`,
  build: `${USAGE.build}

Building:
  --target js               OUT is a folder: app.wasm and app.mjs, which a page
                            or Node imports as it is, and the types for
                            TypeScript, app.d.mts and app.d.ts (default)
  --target wasi             OUT is one module for any preview-1 engine
  -o OUT                    where to write; a name that ends in .wasm wants a
                            --target
  --debug                   the program reports what is suspicious when it is
                            started with BIDE_DEBUG=1 in its environment
  --html                    with --target js: an index.html as well, which runs
                            the program and shows what it prints
  --files DIR[@PATH]        with --target js: copy DIR beside app.mjs, which
                            loads its files; the program finds it at PATH
                            (default: /NAME, of . it is /); repeatable
${COMPILING}${GENERAL}
Exit: 0; 1 the program can't be compiled or linked; 2 wrong usage.
`,
  types: `${USAGE.types}

Compiles FILEs as bide build does, and prints the app.d.mts that it would write:
a method for each function that JavaScript can call, with the comment above the C
function as its documentation.
${COMPILING}${GENERAL}
Exit: 0; 1 the program can't be compiled or linked; 2 wrong usage.
`,
  link: `${USAGE.link}

Makes a module able to suspend that any tool chain has linked with libbide.a and
the flags below: what build and run do with theirs. It needs the name section,
so link without -s and --strip-all, and keep wasm-opt away from the module.

Finishing:
  -o OUT.wasm               where to write
  -O0 -O1 -O2 -O3 -Os -Oz   how much to optimise (default: -O2)
  -g                        keep the names of functions
  --no-stack-check          no test for stack overflows
  --legacy-exceptions       longjmp is an exception of WebAssembly. For WASI it
                            has the standard's form, which wasmtime wants. With
                            this option it has the older one, which Node 20
                            wants for its own WASI. For JavaScript it always has
  --map FILE                what wasm-ld wrote for --Map=FILE: makes the module
                            smaller

Linking:
  --flags                   print what the linker needs, one option a line
  --target js|wasi          with what that target alone needs, and -L, -lbide
                            (default: what is the same for both)
  --driver                  as a compiler takes it: -Wl,OPTION
  -g                        with the tree of tasks, for the report of a deadlock
  FILE                      object or archive of the program: exports what it
                            marks BIDE_EXPORT, and asks for no main if it has none
${GENERAL}
The linker takes the flags behind the program's objects. For --target js it also
takes crt1-reactor.o instead of crt1-command.o; --driver sees to that.

Exit: 0; 1 the module is refused; 2 wrong usage.
`,
  doctor: `${USAGE.doctor}

Says which tools are found, in which versions, what bide would use, what is
missing and how to install it. Exit: 0 if bide run works here, else 1.
`,
};
