// The errors that a call can end with: those of C, and two for the end of the program.

/** asyncio's class of each code. The codes stand in the order of their numbers, as in BIDE_ERRORS of bide.h.
 *  @type {Record<string, string>} */
export const CLASSES = {
  ECANCELED: 'CancelledError', ETIMEDOUT: 'TimeoutError', ESTATE: 'InvalidStateError',
  ERUNTIME: 'RuntimeError', EVALUE: 'ValueError', ETYPE: 'TypeError', ELOOKUP: 'LookupError',
  EKEY: 'KeyError', ENOMEM: 'MemoryError', EFULL: 'QueueFull', EEMPTY: 'QueueEmpty',
  ESHUTDOWN: 'QueueShutDown', EBROKEN: 'BrokenBarrierError', EGROUP: 'ExceptionGroup',
  ESTOP: 'StopIteration', EDEADLOCK: 'DeadlockError', EOS: 'OSError', EJS: 'Error', EEXIT: 'GeneratorExit',
};

/** The number of the first code: BIDE__CODE(1) of bide.h. */
const FIRST = -0x62640001;

export class BideError extends Error {
  static { Object.defineProperty(this, 'name', { value: 'BideError' }); }   // a minifier shortens the class's own

  /** @param {string} code  a key of CLASSES, 'TRAP' or 'EXIT'
   *  @param {string} [message]
   *  @param {{ cause?: unknown, name?: string }} [options] */
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
    const name = options?.name ?? CLASSES[code] ?? 'BideError';
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
  }
}

/** @param {unknown} code  @returns {number} its number in C; 0: it is no code of C's */
export function numberOf(code) {
  const index = Object.keys(CLASSES).indexOf(/** @type {string} */ (code));
  return index < 0 ? 0 : FIRST - index;
}

/** @typedef {{ name: string, message: string }} Shown  what an Error showed when C met it
 *
 *  The error that a failed call rejects with.
 *  @param {number} number  of the code  @param {string} message
 *  @param {{ value: unknown, shown?: Shown }} [met]  the JavaScript error that C met */
export function errorFromC(number, message, met) {
  const code = Object.keys(CLASSES)[FIRST - number];
  if (!met) return new BideError(code, message);
  const shown = code === 'EJS' ? met.shown : undefined;
  return new BideError(code, shown?.message ?? message, { cause: met.value, name: shown?.name });
}

/** What proc_exit throws through the frames of C. It is no Error, because nobody needs its stack. */
export class Exit {
  /** @param {number} code */
  constructor(code) {
    this.code = code;
  }
}
