// Counts the frames that the page paints: how it feels to whoever looks at it.

export class Frames {
  count = 0;
  /** Milliseconds between two frames, at most, since watch(). */
  longest = 0;
  /** Frames in the last full second; undefined in the first. @type {number | undefined} */
  rate;

  /** @type {number | undefined} */
  #last;
  #second = { start: 0, count: 0 };

  /** @param {() => void} paint  called on every frame */
  constructor(paint) {
    const frame = (/** @type {number} */ now) => {
      this.#note(now);
      paint();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    // A page in the background is not painted. That does not count as a long frame.
    document.addEventListener('visibilitychange', () => { this.#last = undefined; });
  }

  /** Look for the longest frame from now on. */
  watch() {
    this.longest = 0;
  }

  /** @param {number} now */
  #note(now) {
    this.count++;
    if (this.#last !== undefined) this.longest = Math.max(this.longest, now - this.#last);
    this.#last = now;
    const seconds = (now - this.#second.start) / 1e3;
    if (seconds < 1) return;
    if (this.#second.start) this.rate = Math.round((this.count - this.#second.count) / seconds);
    this.#second = { start: now, count: this.count };
  }
}
