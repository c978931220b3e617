// The two ways in which a command fails before the program runs.

/** The command line is wrong. The message and a usage line are printed; the exit code is 2. */
export class UsageError extends Error {}

/** The program can't be built. The message is printed as it is; the exit code is 1. */
export class BuildError extends Error {}

/** Whether a file is the cause, such as a full disk. The user can mend that, and needs no stack trace. @param {any} error */
export function isFileError(error) {
  return typeof error?.syscall === 'string';
}
