// Calls wasm when it is time: in a microtask, after the host's own work, or by a timer.
//
// wake() runs turns of C's loops for a slice of time, and returns in how many milliseconds it wants to be called
// again. Only the last answer counts: each turn has a number, and the timer of an earlier turn does nothing.

/** The longest time that setTimeout takes, in ms. After it, wake() asks for the rest. */
const LONGEST = 2 ** 31 - 1;

/** All apps share it. The first that needs it makes it. @type {MessageChannel | undefined} */
let channel;
/** What the channel's messages will call, oldest first. @type {(() => void)[]} */
const posted = [];

/** Call `fn` when the host has had its turn: painting, input, other messages.
 *  @param {() => void} fn */
function soon(fn) {
  const host = /** @type {any} */ (globalThis);
  if (host.setImmediate) host.setImmediate(fn);
  else if (!host.MessageChannel || host.Deno) setTimeout(fn);   // an open port would keep Deno alive
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
  /** Number of the last turn. */
  #sequence = 0;
  /** A microtask will run a turn. */
  #queued = false;
  #stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => number} wake  Infinity: no timer has to call it */
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
