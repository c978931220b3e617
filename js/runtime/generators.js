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
 *  @typedef {import('./functions.js').Functions} Functions
 *  @typedef {{ how: number, value: unknown, resolve: (result: IteratorResult<unknown, unknown>) => void, reject: (error: unknown) => void }} Request */

/** Requests, as in generator_js.c. */
const NEXT = 0, THROW = 1, RETURN = 2;
const NEW = 0, OPEN = 1, DONE = 2;

/** When JavaScript has collected a generator, its C function is closed. @type {FinalizationRegistry<{ drop(): void }>} */
const collected = /* @__PURE__ */ new FinalizationRegistry((one) => one.drop());

/** @param {unknown} [value] */
const done = (value) => ({ value, done: true });

class Stream {
  #runtime;
  #typed;
  #args;
  #number;
  #signal;
  #state = NEW;
  /** The first one is being answered, if `busy`. @type {Request[]} */
  #requests = [];
  #busy = false;
  #returning = false;
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
    return new Promise((resolve, reject) => {
      this.#requests.push({ how, value, resolve, reject });
      if (how === RETURN && this.#busy) this.#cancel();
      this.#pump();
    });
  }

  /** Nobody can ask any more. */
  drop() {
    if (this.#state === OPEN) this.#cancel();
  }

  #cancel() {
    this.#returning = true;
    this.#runtime.poke(this.#runtime.raw.bide__js_cancel, this.#call?.place);
  }

  #pump() {
    while (!this.#busy && this.#requests.length) {
      const [request] = this.#requests;
      if (this.#state === NEW && request.how !== NEXT) this.#state = DONE;
      if (this.#state === DONE) this.#answerLate(/** @type {Request} */ (this.#requests.shift()));
      else this.#ask(request);
    }
  }

  /** The generator is over. @param {Request} request */
  #answerLate({ how, value, resolve, reject }) {
    if (how === THROW) reject(value);
    else if (how === NEXT) resolve(done());
    else Promise.resolve(value).then((returned) => resolve(done(returned)), reject);
  }

  /** @param {Request} request */
  #ask({ how, value }) {
    this.#busy = true;
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
    this.#call = new Call(fn, this.#signal, () => this.#ended(), (error) => this.#ended(error));
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

  /** @param {number} how  @param {unknown} value */
  #send(how, value) {
    const { raw, values, ended } = this.#runtime, place = this.#call?.place;
    if (ended) throw ended;
    const sent = how === RETURN ? undefined : how === THROW ? failureOf(value) : crossing(value, `${this.#typed.name}: next()`);
    if (!values.put(raw.bide__js_stream_sent(place), sent)) throw new BideError('ENOMEM', `no memory to call ${this.#typed.name}`);
    this.#runtime.poke(raw.bide__js_stream_ask, place, how);
  }

  /** @param {number} at */
  #item(at) {
    const request = /** @type {Request} */ (this.#requests.shift());
    this.#busy = false;
    try {
      request.resolve({ value: this.#typed.result(at), done: false });
    } catch (error) {
      request.reject(error);
      this.request(RETURN, undefined).catch(() => {});
    }
    this.#pump();
  }

  /** @param {any} [error] */
  #ended(error) {
    const [request] = this.#requests, isOwn = this.#returning && error?.code === 'ECANCELED';
    this.#state = DONE;
    if (this.#busy && request) {
      this.#requests.shift();
      if (error && !isOwn) request.reject(error);
      else if (request.how === THROW) request.resolve(done());
      else this.#answerLate(request);
    }
    this.#busy = false;
    this.#pump();
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
