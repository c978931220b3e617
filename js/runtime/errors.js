// The errors that a call can end with: those of C, and the end of the app.

/** asyncio's class of each code, in the order of the codes' numbers (bide.h, BIDE_ERRORS).
 *  @type {Record<string, string>} */
export const CLASSES = {
  ECANCELED: 'CancelledError', ETIMEDOUT: 'TimeoutError', ESTATE: 'InvalidStateError',
  ERUNTIME: 'RuntimeError', EVALUE: 'ValueError', ETYPE: 'TypeError', ELOOKUP: 'LookupError',
  EKEY: 'KeyError', ENOMEM: 'MemoryError', EFULL: 'QueueFull', EEMPTY: 'QueueEmpty',
  ESHUTDOWN: 'QueueShutDown', EBROKEN: 'BrokenBarrierError', EGROUP: 'ExceptionGroup',
  ESTOP: 'StopIteration', EDEADLOCK: 'DeadlockError', EOS: 'OSError', EJS: 'Error', EEXIT: 'GeneratorExit',
};

/** BIDE__CODE(1). */
const FIRST = -0x62640001;

export class BideError extends Error {
  static { Object.defineProperty(this, 'name', { value: 'BideError' }); }   // also where names are shortened

  /** @param {string} code  'EVALUE' and so on, 'TRAP' or 'EXIT'
   *  @param {string} [message]
   *  @param {{ cause?: unknown, name?: string }} [options] */
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
    const name = options?.name ?? CLASSES[code] ?? 'BideError';
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
  }
}

/** @param {unknown} code  @returns {number} what C knows it as; 0: not one of ours */
export function numberOf(code) {
  const index = Object.keys(CLASSES).indexOf(/** @type {string} */ (code));
  return index < 0 ? 0 : FIRST - index;
}

/** What a failed call rejects with.
 *  @param {number} number  @param {string} message  @param {unknown} [cause]  the JavaScript error it comes from */
export function errorFromC(number, message, cause) {
  const code = Object.keys(CLASSES)[FIRST - number];
  if (cause === undefined) return new BideError(code, message);
  if (code === 'EJS' && cause instanceof Error) return new BideError(code, cause.message, { cause, name: cause.name });
  return new BideError(code, message, { cause });
}

/** Thrown by proc_exit through the frames of C; not an Error, since nobody wants its stack. */
export class Exit {
  /** @param {number} code */
  constructor(code) {
    this.code = code;
  }
}
