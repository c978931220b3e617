// Waiting that blocks the thread.

/** How long to wait before a pipe is tried again, in ms. */
const RETRY = 2;

/** @param {number} ms */
export function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Run `attempt` again and again while a non-blocking pipe is full or empty.
 *  @template T  @param {() => T} attempt  @returns {T} */
export function persist(attempt) {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (/** @type {any} */ (error).code !== 'EAGAIN') throw error;
      pause(RETRY);
    }
  }
}
