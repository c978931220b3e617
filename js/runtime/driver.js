// When wasm is woken: one timer, one zero-delay turn, or a microtask.
//
// wake() runs turns for a slice of time and answers in how many milliseconds it
// wants to be called again. Only the latest answer counts: each arming carries
// a number, and one that comes late is ignored.

/** What setTimeout holds; a longer wait is armed again. */
const LONGEST = 2 ** 31 - 1;

/** @type {MessageChannel} one for all apps, made when first needed */
let channel;
/** @type {(() => void)[]} */
const posted = [];

/** Run `fn` after what the host has to do itself: painting, input, other messages.
 *  @param {() => void} fn */
function soon(fn) {
  const host = /** @type {any} */ (globalThis);
  if (host.setImmediate) host.setImmediate(fn);
  else if (!host.MessageChannel || host.Deno) setTimeout(fn);   // Deno: an open port would keep it alive
  else {
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => posted.shift()?.();
    }
    posted.push(fn);
    channel.port2.postMessage(0);
  }
}

export class Driver {
  #wake;
  #sequence = 0;
  #queued = false;
  #stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => number} wake */
  constructor(wake) {
    this.#wake = wake;
  }

  /** Something has happened: run a turn in a microtask. */
  kick() {
    if (this.#queued || this.#stopped) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#turn();
    });
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #turn() {
    if (this.#stopped) return;
    const sequence = ++this.#sequence;
    const again = () => { if (sequence === this.#sequence) this.#turn(); };
    clearTimeout(this.#timer);
    const ms = this.#wake();
    if (this.#stopped) return;
    if (ms === 0) soon(again);
    else if (ms < Infinity) this.#timer = setTimeout(again, Math.min(Math.ceil(ms), LONGEST));
  }
}
