// The two ways in which a command fails before the program runs.

/** The command line is wrong: message and a usage line, exit 2. */
export class UsageError extends Error {}

/** The program can't be built: exit 1. `message` is printed as it is. */
export class BuildError extends Error {}
