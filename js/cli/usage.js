// What --help prints, and the usage line that follows an error.

/** @type {Record<string, string>} */
export const USAGE = {
  '': 'usage: bide run|build FILE... [options] [-- args] | bide doctor | bide --help | bide --version',
  run: 'usage: bide run FILE... [options] [-- args]',
  build: 'usage: bide build FILE... -o OUT [options]',
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
  FILE                      .c, .i, .S, .s are compiled; .o, .a are linked
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
  doctor    say which tools are found, and what is missing
  --version print the version

bide run --help and bide build --help list their options.
`,
  run: `${USAGE.run}

Compiles FILEs, unless nothing has changed, and runs the program. Its standard
input, output, environment, files and exit code are those of a native program.

Running:
  --target js|wasi          run in this Node (default), or in a WASI engine
  --engine wasmtime|node|PATH
                            the WASI engine (default: wasmtime if it is
                            installed, else Node's own)
  --virtual-time            the clock jumps to the next timer instead of waiting
  --debug                   report on stderr what is suspicious: slow callbacks,
                            calls from the wrong place, tasks that are left, ...
                            (also if BIDE_DEBUG=1 is in the environment)
  --dir PATH                let the program see only PATH (repeatable;
                            default: the working directory and /)
  -- ARGS                   the program's arguments
${COMPILING}${GENERAL}
Ctrl-C cancels the main task; Ctrl-\\ prints what each task waits for, and the
program goes on. WASI engines have no signals: there either ends the program.

Exit: the program's own; 1 it can't be compiled or linked; 2 wrong usage;
13 deadlock; 130 Ctrl-C; 134 trap or stack overflow.
`,
  build: `${USAGE.build}

Building:
  --target js               OUT is a folder: app.wasm and app.mjs, which a page
                            or Node imports as it is (default)
  --target wasi             OUT is one module for any preview-1 engine
  -o OUT                    where to write
  --debug                   the program reports what is suspicious when it is
                            started with BIDE_DEBUG=1 in its environment
  --html                    with --target js: an index.html as well, which runs
                            the program and shows what it prints
${COMPILING}${GENERAL}
Exit: 0; 1 the program can't be compiled or linked; 2 wrong usage.
`,
  doctor: `${USAGE.doctor}

Says which tools are found, in which versions, what bide would use, what is
missing and how to install it. Exit: 0 if bide run works here, else 1.
`,
};
