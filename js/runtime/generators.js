// Typed functions that are generators. wasm/js/generator_js.c is C's half of it.
//
// An asynchronous one is a call whose task answers one request after the other. The requests that come meanwhile wait here:
//
//   new -> open    the first next() starts the task
//   open -> done   the call has ended, with the generator
//   new -> done    return() or throw() came first: nothing runs

import { Call } from './calls.js';
import { BideError } from './errors.js';
import { crossing, ERROR, failureOf, VALUE_SIZE } from './values.js';

/** @typedef {import('./runtime.js').Runtime} Runtime
 *  @typedef {import('./functions.js').Typed} Typed
 *  @typedef {import('./functions.js').Functions} Functions */

/** Requests, as in generator_js.c. */
const NEXT = 0, THROW = 1, RETURN = 2;
const NEW = 0, OPEN = 1, DONE = 2;

/** When JavaScript has collected a generator, its C function is closed. @type {FinalizationRegistry<{ drop(): void }>} */
const collected = /* @__PURE__ */ new FinalizationRegistry((one) => one.drop());

/** @param {unknown} [value] */
const done = (value) => ({ value, done: true });

class Request {
  /** @type {(result: IteratorResult<unknown, unknown>) => void} */
  resolve;
  /** @type {(error: unknown) => void} */
  reject;

  /** @param {number} how  @param {unknown} value */
  constructor(how, value) {
    this.how = how;
    this.value = value;
    /** @type {Promise<IteratorResult<any, any>>} */
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

class Stream {
  #runtime;
  #typed;
  #args;
  #number;
  #signal;
  #state = NEW;
  /** The request that is being answered. @type {Request | undefined} */
  #current;
  /** Those behind it. @type {Request[]} */
  #waiting = [];
  #returning = false;
  /** How many requests C was asked to answer at once. */
  #atOnce = 0;
  /** Where C wants the value that goes with a request. */
  #sent = 0;
  /** @type {Call | undefined} */
  #call;

  /** @param {Runtime} runtime  @param {Typed} typed  @param {number} number  of the function  @param {unknown[]} args  converted  @param {AbortSignal} [signal] */
  constructor(runtime, typed, number, args, signal) {
    this.#runtime = runtime;
    this.#typed = typed;
    this.#number = number;
    this.#args = args;
    this.#signal = signal;
  }

  /** @param {number} how  @param {unknown} value  @returns {Promise<IteratorResult<any, any>>} */
  request(how, value) {
    const request = new Request(how, value);
    if (!this.#current) {
      this.#ask(request);
      this.#next();
    } else {
      this.#waiting.push(request);
      if (how === RETURN) this.#cancel();
    }
    return request.promise;
  }

  /** Nobody can ask any more. */
  drop() {
    if (this.#state === OPEN) this.#cancel();
  }

  #cancel() {
    this.#returning = true;
    this.#runtime.poke(this.#runtime.raw.bide__js_cancel, this.#call?.place);
  }

  /** Go on with those that wait, unless one is being answered. */
  #next() {
    while (!this.#current && this.#waiting.length) this.#ask(/** @type {Request} */ (this.#waiting.shift()));
  }

  /** The generator is over. @param {Request} request */
  #answerLate({ how, value, resolve, reject }) {
    if (how === THROW) reject(value);
    else if (how === NEXT) resolve(done());
    else Promise.resolve(value).then((returned) => resolve(done(returned)), reject);
  }

  /** @param {Request} request */
  #ask(request) {
    const { how, value } = request;
    if (this.#state === NEW && how !== NEXT) this.#state = DONE;
    if (this.#state === DONE) return this.#answerLate(request);
    this.#current = request;
    try {
      if (this.#state === NEW) this.#start();
      else this.#send(how, value);
    } catch (error) {
      this.#ended(error);
    }
  }

  #start() {
    const { shut, calls, signal } = this.#runtime;
    if (shut) throw shut;
    signal?.throwIfAborted();
    this.#signal?.throwIfAborted();
    const fn = { ...this.#typed, types: '', item: (/** @type {number} */ at) => this.#item(at), result: undefined, keep: (/** @type {number} */ id) => this.#keep(id) };
    this.#call = Object.assign(new Call(fn, this.#signal), { resolve: () => this.#ended(), reject: (/** @type {any} */ error) => this.#ended(error) });
    this.#state = OPEN;
    calls.begin(fn, [], this.#call);
  }

  /** @param {number} id  @returns {number} */
  #keep(id) {
    const { raw, values } = this.#runtime, { address, count } = this.#typed, room = raw.bide__js_function_room(count);
    const isThere = room && this.#args.every((arg, i) => values.put(room + (i + 1) * VALUE_SIZE, arg));
    const place = isThere && raw.bide__js_stream_start(id, this.#number, address, count, room);
    if (room && !place) raw.bide__js_function_leave(room, count);
    return place || 0;
  }

  /** A request that C can answer without waiting is answered at once, as JavaScript's own generators do. But each eighth goes by the driver, so that the
   *  host has its turn.
   *  @param {number} how  @param {unknown} value */
  #send(how, value) {
    const runtime = this.#runtime, { raw, values, ended, driver } = runtime, place = this.#call?.place;
    if (ended) throw ended;
    if (how === THROW || value !== undefined) this.#write(how === RETURN ? undefined : how === THROW ? failureOf(value) : crossing(value, `${this.#typed.name}: next()`));
    const isAtOnce = ++this.#atOnce % 8 && !runtime.depth && !runtime.full;
    if (runtime.enter(raw.bide__js_stream_ask, place, how, Number(isAtOnce)) !== 0) driver.kick();
  }

  /** What goes with a request; otherwise it is NONE. @param {unknown} sent */
  #write(sent) {
    const { raw, values } = this.#runtime;
    this.#sent ||= raw.bide__js_stream_sent(this.#call?.place);
    if (!values.put(this.#sent, sent)) throw new BideError('ENOMEM', `no memory to call ${this.#typed.name}`);
  }

  /** @param {number} at */
  #item(at) {
    const request = /** @type {Request} */ (this.#current);
    this.#current = undefined;
    try {
      request.resolve({ value: this.#typed.result(at), done: false });
    } catch (error) {
      request.reject(error);
      this.request(RETURN, undefined).catch(() => {});
    }
    this.#next();
  }

  /** @param {any} [error] */
  #ended(error) {
    const request = this.#current, isOwn = this.#returning && error?.code === 'ECANCELED';
    this.#state = DONE;
    this.#current = undefined;
    if (request) {
      if (error && !isOwn) request.reject(error);
      else if (request.how === THROW) request.resolve(done());
      else this.#answerLate(request);
    }
    this.#next();
  }
}

/** @param {Runtime} runtime  @param {Typed} typed  @param {number} number  of the function  @returns {import('./calls.js').Start} */
export function asyncGenerators(runtime, typed, number) {
  return (args, signal) => {
    const stream = new Stream(runtime, typed, number, typed.convert(args), signal);
    const generator = {
      next: (/** @type {unknown} */ value) => stream.request(NEXT, value),
      return: (/** @type {unknown} */ value) => stream.request(RETURN, value),
      throw: (/** @type {unknown} */ error) => stream.request(THROW, error),
      [Symbol.asyncIterator]: () => generator,
      [Symbol.toStringTag]: 'AsyncGenerator',
    };
    collected.register(generator, stream);
    return generator;
  };
}

// ------------------------------------------------------------ without waiting

class Plain {
  #runtime;
  #typed;
  #args;
  #state = NEW;
  #place = 0;
  #room = 0;

  /** @param {Runtime} runtime  @param {Typed} typed  @param {unknown[]} args  converted */
  constructor(runtime, typed, args) {
    this.#runtime = runtime;
    this.#typed = typed;
    this.#args = args;
  }

  /** @param {number} how  @param {unknown} value  @returns {IteratorResult<any, any>} */
  request(how, value) {
    const { ended, shut } = this.#runtime, why = this.#state === NEW ? shut : ended;
    if (this.#state !== DONE && why) throw why;
    if (this.#state === NEW && how === NEXT) return this.#start(), this.#ask(NEXT, undefined);
    if (this.#state === NEW) this.#state = DONE;
    if (this.#state === OPEN) return this.#ask(how, value);
    if (how === THROW) throw value;
    return done(how === RETURN ? value : undefined);
  }

  #start() {
    const { raw, values } = this.#runtime, { name, address, count } = this.#typed, room = raw.bide__js_function_room(count);
    const isThere = room && this.#args.every((arg, i) => values.put(room + (i + 1) * VALUE_SIZE, arg));
    this.#place = isThere && raw.bide__js_generator_new(address, count, room);
    if (room && !this.#place) raw.bide__js_function_leave(room, count);
    this.#room = this.#place && raw.bide__js_function_room(1);
    if (this.#place && !this.#room) raw.bide__js_generator_drop(this.#place);
    if (!this.#room) throw new BideError('ENOMEM', `no memory to call ${name}`);
    this.#state = OPEN;
    this.#args = [];
  }

  /** @param {number} how  @param {unknown} value */
  #ask(how, value) {
    const runtime = this.#runtime, { raw, values } = runtime, room = this.#room;
    const sent = how === THROW ? failureOf(value) : how === NEXT ? crossing(value, `${this.#typed.name}: next()`) : undefined;
    if (!values.put(room + VALUE_SIZE, sent)) throw new BideError('ENOMEM', `no memory to call ${this.#typed.name}`);
    const hasItem = runtime.poke(raw.bide__js_generator_ask, this.#place, how, room);
    if (runtime.ended) throw runtime.ended;
    try {
      if (values.kind(room) === ERROR) throw values.get(room);
      return hasItem ? { value: this.#typed.result(room), done: false } : done(how === RETURN ? value : undefined);
    } finally {
      this.#clear(hasItem);
    }
  }

  /** @param {boolean} hasItem */
  #clear(hasItem) {
    const { values } = this.#runtime;
    for (const at of [this.#room, this.#room + VALUE_SIZE]) if (values.isCounted(at)) values.clear(at);
    if (!hasItem) this.drop();
  }

  drop() {
    const { ended, raw } = this.#runtime;
    if (this.#state === OPEN && !ended) {
      raw.bide__js_generator_drop(this.#place);
      raw.bide__js_function_leave(this.#room, 1);
    }
    this.#state = DONE;
  }
}

/** @param {Runtime} runtime  @param {Typed} typed  @returns {import('./calls.js').Start} */
export function plainGenerators(runtime, typed) {
  return (args) => {
    const plain = new Plain(runtime, typed, typed.convert(args));
    const generator = {
      next: (/** @type {unknown} */ value) => plain.request(NEXT, value),
      return: (/** @type {unknown} */ value) => plain.request(RETURN, value),
      throw: (/** @type {unknown} */ error) => plain.request(THROW, error),
      [Symbol.iterator]: () => generator,
      [Symbol.toStringTag]: 'Generator',
    };
    collected.register(generator, plain);
    return generator;
  };
}
