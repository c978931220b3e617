// The command line: the options, and what they mean.

import { closeSync, openSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { UsageError } from './errors.js';
import { parsePacked } from './packed.js';

/** @typedef {{
 *    command: string, help: boolean, files: string[], args: string[], verbose: boolean,
 *    target: 'js' | 'wasi', engine?: string, virtualTime: boolean, dirs?: string[], output?: string, html: boolean, folders: string[],
 *    flags: string[], libs: string[], libDirs: string[],
 *    level: string, debug: boolean, debugMode: boolean, stackCheck: boolean, legacyExceptions: boolean,
 *    map?: string, flagsOnly: boolean, driver: boolean, anyTarget: boolean
 *  }} Options  debug: -g; debugMode: --debug; flagsOnly: --flags; anyTarget: there is no --target;
 *    folders: --files */

/** @typedef {{ type: 'string' | 'boolean', short?: string, multiple?: boolean }} Spec */

const TEXT = /** @type {const} */ ({ type: 'string', multiple: true });
const SWITCH = /** @type {const} */ ({ type: 'boolean' });

/** How a module is finished. Each option has a long name, because parseArgs wants one. @type {Record<string, Spec>} */
const FINISHING_OPTIONS = { optimize: { ...TEXT, short: 'O' }, symbols: { ...SWITCH, short: 'g' }, 'no-stack-check': SWITCH, 'legacy-exceptions': SWITCH };

/** Options of the compiler. @type {Record<string, Spec>} */
const COMPILER_OPTIONS = {
  ...FINISHING_OPTIONS,
  define: { ...TEXT, short: 'D' },
  undefine: { ...TEXT, short: 'U' },
  include: { ...TEXT, short: 'I' },
  warning: { ...TEXT, short: 'W' },
  library: { ...TEXT, short: 'l' },
  'library-dir': { ...TEXT, short: 'L' },
  std: TEXT,
  debug: SWITCH,
};

/** @type {Record<string, Spec>} */
const GENERAL_OPTIONS = { help: { ...SWITCH, short: 'h' }, verbose: { ...SWITCH, short: 'v' } };

/** @type {Record<string, Record<string, Spec>>} */
const OPTIONS = {
  run: { ...GENERAL_OPTIONS, ...COMPILER_OPTIONS, target: TEXT, engine: TEXT, 'virtual-time': SWITCH, dir: TEXT },
  build: { ...GENERAL_OPTIONS, ...COMPILER_OPTIONS, target: TEXT, output: { ...TEXT, short: 'o' }, html: SWITCH, files: TEXT },
  types: { ...GENERAL_OPTIONS, ...COMPILER_OPTIONS },
  link: { ...GENERAL_OPTIONS, ...FINISHING_OPTIONS, output: { ...TEXT, short: 'o' }, map: TEXT, flags: SWITCH, driver: SWITCH, target: TEXT },
  doctor: GENERAL_OPTIONS,
};

/** How clang spells the options that have a value. @type {Record<string, string>} */
const CLANG_FLAGS = { define: '-D', undefine: '-U', include: '-I', warning: '-W', std: '-std=' };

/** @param {string} command  a key of OPTIONS  @param {string[]} argv  what follows it
 *  @returns {Options} */
export function parseOptions(command, argv) {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  checkNames(command, own);
  const { values, positionals, tokens } = parse(command, own.map(longForm));
  const v = /** @type {Record<string, any>} */ (values);
  const last = (/** @type {string} */ name) => v[name]?.at(-1);
  const flags = tokens.flatMap((t) => (t.kind === 'option' && t.name in CLANG_FLAGS ? [CLANG_FLAGS[t.name] + t.value] : []));
  return {
    command,
    help: Boolean(v.help),
    files: positionals,
    args: end < 0 ? [] : argv.slice(end + 1),
    verbose: Boolean(v.verbose),
    target: oneOf('--target', last('target') ?? 'js', ['js', 'wasi']),
    engine: last('engine'),
    virtualTime: Boolean(v['virtual-time']),
    dirs: v.dir,
    output: last('output'),
    html: Boolean(v.html),
    folders: v.files ?? [],
    flags,
    libs: v.library ?? [],
    libDirs: v['library-dir'] ?? [],
    level: oneOf('-O', last('optimize') ?? '2', ['0', '1', '2', '3', 's', 'z']),
    debug: Boolean(v.symbols),
    debugMode: Boolean(v.debug) || (command === 'run' && process.env.BIDE_DEBUG === '1'),
    stackCheck: !v['no-stack-check'],
    legacyExceptions: Boolean(v['legacy-exceptions']),
    map: last('map'),
    flagsOnly: Boolean(v.flags),
    driver: Boolean(v.driver),
    anyTarget: last('target') === undefined,
  };
}

/** Check what parsing does not: files, directories, options that exclude each other.
 *  @param {Options} options */
export function checkOptions(options) {
  if (options.command === 'link') return options.flagsOnly ? checkFlags(options) : checkLink(options);
  if (options.files.length === 0) throw new UsageError('no input file');
  options.files.forEach((file, i) => checkInput(file, options.command === 'run' && i > 0));
  for (const dir of options.dirs ?? []) checkDirectory(dir);
  if (options.command === 'build') checkBuild(options);
  if (options.command === 'types' && options.args.length > 0) throw new UsageError('types takes no program arguments');
  if (options.engine !== undefined && options.target !== 'wasi') throw new UsageError('--engine needs --target wasi');
}

/** @param {Options} options */
function checkBuild({ output, html, folders, target, anyTarget, args }) {
  if (args.length > 0) throw new UsageError('build takes no program arguments');
  if (!output) throw new UsageError('no output: -o OUT is missing');
  if (html && target !== 'js') throw new UsageError('--html needs --target js');
  if (folders.length > 0 && target !== 'js') throw new UsageError('--files needs --target js: a WASI engine is given folders when it runs the module, as by wasmtime run --dir');
  folders.forEach(parsePacked);
  if (anyTarget && output.endsWith('.wasm')) throw new UsageError(`-o ${output} is the name of a module: --target wasi makes one, --target js makes a folder`);
  const stat = statSync(output, { throwIfNoEntry: false });
  if (target === 'wasi' && stat?.isDirectory()) throw new UsageError(`-o ${output} is a directory`);
  if (target === 'js' && stat && !stat.isDirectory()) throw new UsageError(`-o ${output} is not a directory`);
}

/** @param {Options} options */
function checkLink({ files, output, map, driver, anyTarget, args }) {
  const [file, ...others] = files;
  if (file === undefined) throw new UsageError('no input file');
  if (others.length > 0) throw new UsageError(`one module at a time: ${file}, not ${others.join(', ')} as well`);
  if (args.length > 0) throw new UsageError('link takes no program arguments');
  if (driver) throw new UsageError('--driver needs --flags');
  if (!anyTarget) throw new UsageError('--target needs --flags: a module that is linked has its target');
  for (const input of [file, ...(map === undefined ? [] : [map])]) checkFile(input);
  if (!output) throw new UsageError('no output: -o OUT.wasm is missing');
  if (statSync(output, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`-o ${output} is a directory`);
}

/** @param {Options} options */
function checkFlags({ files, output, map, args }) {
  if (args.length > 0) throw new UsageError('link takes no program arguments');
  if (output !== undefined || map !== undefined) throw new UsageError('--flags prints what the linker needs: -o and --map are for a module');
  files.forEach((file) => checkFile(file));
}

/** parseArgs would take clang's -std=c11 for seven options of one letter. @param {string} arg */
function longForm(arg) {
  return /^-std(=|$)/.test(arg) ? `-${arg}` : arg;
}

/** Refuse an option of several letters by its whole name: parseArgs would name its first letter only.
 *  @param {string} command  @param {string[]} args */
function checkNames(command, args) {
  const letters = Object.values(OPTIONS[command]).map(({ short }) => short);
  const unknown = args.find((arg) => /^-[^-]./.test(arg) && !/^-std(=|$)/.test(arg) && !letters.includes(arg[1]));
  if (unknown === undefined) return;
  const advice = 'warning' in OPTIONS[command] ? '; compile that source with a clang of your own, and name its .o here' : '';
  throw new UsageError(`unknown option ${unknown}${advice}`);
}

/** @param {string} command  @param {string[]} args */
function parse(command, args) {
  try {
    return parseArgs({ args, options: OPTIONS[command], allowPositionals: true, tokens: true });
  } catch (error) {
    throw new UsageError(explain(/** @type {any} */ (error)));
  }
}

/** The message in few words: that of parseArgs has advice which does not fit here.
 *  @param {{ code: string, message: string }} error */
function explain({ code, message }) {
  const named = /'(-[^']*)'/.exec(message)?.[1] ?? '';
  const option = named.replace(/ <value>$/, '').replace(/^(-\w), --[\w-]+$/, '$1');
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `unknown option ${option}`;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message;
  return /does not take/.test(message) ? `option ${option} takes no value` : `option ${option} needs a value`;
}

/** @template {string} T  @param {string} option  @param {string} value  @param {T[]} allowed  @returns {T} */
function oneOf(option, value, allowed) {
  const found = allowed.find((a) => a === value);
  if (found === undefined) throw new UsageError(`${option} can be ${allowed.join(', ')}, not ${value || 'empty'}`);
  return found;
}

const KNOWN = /\.(c|i|S|s|o|a)$/;

/** @param {string} file  that is compiled or linked  @param {boolean} mayBeArgument  the user may have meant it for the program */
function checkInput(file, mayBeArgument) {
  const advice = mayBeArgument && !KNOWN.test(file) ? "; the program's arguments go after --" : '';
  checkFile(file, advice);
  if (/\.(cc|cpp|cxx|c\+\+|C|mm|m)$/.test(file)) throw new UsageError(`${file}: only C is compiled`);
  if (!KNOWN.test(file)) throw new UsageError(`${file}: not a .c, .i, .S, .s, .o or .a file${advice}`);
}

/** @param {string} file  @param {string} [advice] */
function checkFile(file, advice = '') {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${file}: no such file${advice}`);
  if (stat.isDirectory()) throw new UsageError(`${file} is a directory${advice}`);
  try {
    closeSync(openSync(file, 'r'));
  } catch {
    throw new UsageError(`${file} can't be read`);
  }
}

/** @param {string} dir */
function checkDirectory(dir) {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`--dir ${dir}: no such directory`);
}
