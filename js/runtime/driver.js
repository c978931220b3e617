// Calls wasm when it is time: in a microtask, after the host's own work, or by a timer.
//
// wake() runs turns of C's loops until the slice ends, and returns in how many milliseconds it wants to be called again. A
// slice counts from the host's last turn, and not from the call of wake(). Otherwise promises that settle one after the
// other would begin a slice each, and the host would never have its turn.

/** The longest time that setTimeout takes, in ms. After it, wake() asks for the rest. */
const LONGEST = 2 ** 31 - 1;

/** A microtask by its `then` is cheaper than one by queueMicrotask. */
const settled = /* @__PURE__ */ Promise.resolve();

/** All apps share it. The first that needs it makes it. @type {MessageChannel | undefined} */
let channel;
/** What the channel's messages will call, oldest first. @type {(() => void)[]} */
const posted = [];

/** An open port would keep Deno alive. In workerd one hears nothing more when the request that has made it is over. */
const HAS_NO_PORTS = /^(Deno|Cloudflare)/;

/** Call `fn` when the host has had its turn: painting, input, other messages.
 *  @param {() => void} fn */
function soon(fn) {
  const host = /** @type {any} */ (globalThis);
  if (host.setImmediate) host.setImmediate(fn);
  else if (!host.MessageChannel || HAS_NO_PORTS.test(host.navigator?.userAgent)) setTimeout(fn);
  else {
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => posted.shift()?.();
    }
    posted.push(fn);
    channel.port2.postMessage(0);
  }
}

/** When the first app was called since the host's last turn; 0: none was. */
let since = 0;
/** To look at the clock takes a tenth of a call. So only each fourth turn does, and the first one after the host's. */
let turns = 0;

/** @param {number} now  @param {number} slice  @returns {number} when the slice ends that began after the host's last turn */
function endOf(now, slice) {
  if (!since) {
    since = now;
    soon(() => { since = 0; });
  }
  return since + slice;
}

export class Driver {
  #wake;
  #slice;
  /** Looking up a global takes time. */
  #clock = performance;
  /** #turn() will be called, by a microtask or after the host's turn. */
  #queued = false;
  #stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(end: number) => number} wake  Infinity: no timer has to call it  @param {number} slice  in ms */
  constructor(wake, slice) {
    this.#wake = wake;
    this.#slice = slice;
  }

  /** Something has happened: run a turn in a microtask, unless the host is to have its turn first. */
  kick() {
    if (this.#queued) return;
    this.#queued = true;
    settled.then(this.#turn);
  }

  stop() {
    this.#stopped = true;
    this.#disarm();
  }

  #disarm() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The host has had its turn. In workerd what would have said so may be gone with the request that asked. */
  #later = () => {
    since = 0;
    this.#turn();
  };

  #turn = () => {
    this.#queued = false;
    if (this.#stopped) return;
    if (this.#timer !== undefined) this.#disarm();
    const now = since && ++turns % 4 ? since : this.#clock.now(), end = endOf(now, this.#slice), ms = now > end ? 0 : this.#wake(end);
    if (this.#stopped || this.#queued) return;
    if (ms) {
      if (ms < Infinity) this.#timer = setTimeout(this.#turn, Math.min(Math.ceil(ms), LONGEST));
      return;
    }
    this.#queued = true;
    soon(this.#later);
  };
}
