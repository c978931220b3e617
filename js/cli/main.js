#!/usr/bin/env node
// The command `bide`.

import { BuildError, isFileError, UsageError } from './errors.js';
import { checkOptions, parseOptions } from './options.js';
import { packageVersion } from './paths.js';
import { answer, say } from './print.js';
import { HELP, USAGE } from './usage.js';

/** @type {Record<string, (options: import('./options.js').Options) => Promise<number>>} */
const COMMANDS = {
  run: async (options) => (await import('./run.js')).run(options),
  build: async (options) => (await import('./build.js')).build(options),
  types: async (options) => (await import('./build.js')).types(options),
  link: async (options) => (await import('./link.js')).link(options),
  doctor: async () => (await import('./doctor.js')).doctor(),
};

process.exit(await main(process.argv.slice(2)));

/** @param {string[]} argv  @returns {Promise<number>} the exit code */
async function main([name = '', ...rest]) {
  const command = Object.hasOwn(COMMANDS, name) ? name : '';
  try {
    return command ? await runCommand(command, rest) : general(name, rest);
  } catch (error) {
    if (error instanceof UsageError) return fail(2, `bide: ${error.message}\n${USAGE[command]}\n`);
    if (error instanceof BuildError) return fail(1, error.message);
    if (isFileError(error)) return fail(1, `bide: ${/** @type {Error} */ (error).message}\n`);
    throw error;
  }
}

/** @param {string} command  @param {string[]} argv */
async function runCommand(command, argv) {
  const options = parseOptions(command, argv);
  if (options.help) return print(HELP[command]);
  if (command !== 'doctor') checkOptions(options);
  else if (options.files.length > 0) throw new UsageError(`doctor takes no operand ${options.files[0]}`);
  return COMMANDS[command](options);
}

/** What stands without a command. @param {string} name  @param {string[]} operands */
function general(name, operands) {
  if (name === 'help') return print(HELP[known(operands)]);
  if (name === '--help' || name === '-h') return print(HELP['']);
  if (name === '--version') return print(`bide ${packageVersion()}\n`);
  if (name === '') throw new UsageError('no command');
  throw new UsageError(name.startsWith('-') ? `unknown option ${name}` : `unknown command ${name}`);
}

/** @param {string[]} operands  of `bide help`  @returns {string} the command that is asked for, or '' */
function known([name = '', ...more]) {
  if (name !== '' && !Object.hasOwn(COMMANDS, name)) throw new UsageError(`unknown command ${name}`);
  if (more.length > 0) throw new UsageError(`help takes one command: ${name}, not ${more.join(', ')} as well`);
  return name;
}

/** Print what the user asked for: help or version. All else goes to stderr. @param {string} text */
function print(text) {
  answer(text);
  return 0;
}

/** @param {number} code  @param {string} message */
function fail(code, message) {
  say(message);
  return code;
}
