// Calls of tests/js/programs/bad_input.c that are wrong in some way, and what comes of each. It runs in every host, so it imports nothing.

/** @typedef {{ name: string, came: string, due: string }} Outcome
 *  @typedef {{ exports: any, call: any, close: () => Promise<void>, memory: any }} App
 *  @typedef {(options: any) => Promise<App>} Load */

const odd = new RangeError('odd');
const never = new Promise(() => {});
const TURN = () => new Promise((resolve) => { setTimeout(resolve); });

/** @param {() => any} get  @returns {any} an object that throws when it is looked at */
const throwing = (get) => Object.defineProperty({}, 'x', { get });
const fails = () => { throw odd; };

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function detached() {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

/** The import that C asks: what it does depends on what it is given. @type {Record<string, (app: App, controller: AbortController) => any>} */
const GIVE = {
  throws: fails,
  'rejects with undefined': () => Promise.reject(undefined),
  'a thenable that settles twice': () => ({ then: (/** @type {any} */ resolve, /** @type {any} */ reject) => { resolve(1); resolve(2); reject(odd); throw odd; } }),
  'a thenable that throws': () => ({ then: fails }),
  'a getter that throws': () => ({ get then() { return fails(); } }),
  'calls the app': (app) => app.exports.number(3) + app.exports.number(4),
  'calls the app, and awaits it': (app) => app.exports.later('inside'),
  'aborts the signal': (app, controller) => (controller.abort('enough'), never),
  'never settles': (app, controller) => (setTimeout(() => controller.abort('late')), never),
};

/** What is called, and what comes of it. @type {[string, (app: App) => any, string][]} */
const CALLS = [
  ['too few', ({ exports }) => exports.number(), 'TypeError: number: value is missing: number takes 1 argument, not 0'],
  ['too many', ({ exports }) => exports.number(1, 2), 'TypeError: number takes 1 argument, not 2'],
  ['another type', ({ exports }) => exports.number('1'), 'TypeError: number: value is a string, not a number'],
  ['another type, for a task', ({ exports }) => exports.later(1), 'TypeError: later: value is a number, not a string'],
  ['another type in a rest', ({ exports }) => exports.texts('a', 1), 'TypeError: texts: values[1] is a number, not a string'],
  ['a Symbol', ({ exports }) => exports.text(Symbol('s')), 'TypeError: text: value is a symbol, not a string'],
  ['a bigint of 65 bits', ({ exports }) => exports.any(2n ** 64n), 'ValueError EVALUE: any: value gave a bigint beyond 64 bits'],
  ['a lone surrogate', ({ exports }) => exports.text('a\ud800b'), 'a\ufffdb'],
  ['a detached buffer', ({ exports }) => exports.bytes(detached()), 'TypeError: bytes: value is a Uint8Array whose buffer is detached'],
  ['a revoked proxy is a value', ({ exports }) => typeof exports.any(revoked()), 'object'],
  ['a property of a revoked proxy', ({ exports }) => isTypeError(() => exports.property(revoked())), 'TypeError'],
  ['a getter that throws', ({ exports }) => exports.property(throwing(fails)), 'RangeError: odd'],
  ['toString that throws', ({ exports }) => exports.text_of({ toString: fails }), 'RangeError: odd'],
  ['a property of nothing', ({ exports }) => isTypeError(() => exports.property(undefined)), 'TypeError'],
  ['a value after it was cleared', ({ exports }) => exports.cleared(() => {}), 'Error: TypeError: what is called is undefined, not a function'],
  ['memory that grows in the call', ({ exports }) => exports.grows('grün', () => exports.texts(...Array(2000).fill('text'))), 'grün'],
  ['a signal that was aborted before', ({ call }) => call('later', ['a'], { signal: AbortSignal.abort('before') }), 'before'],
  ['no such function', ({ call }) => call('none'), 'TypeError: the program exports no function none'],
];

/** @param {() => unknown} call  engines word these differently */
function isTypeError(call) {
  try {
    return call();
  } catch (error) {
    return error instanceof TypeError ? 'TypeError' : error;
  }
}

/** What the calls of the import come to, by its name. @type {Record<string, string>} */
const GIVEN = {
  throws: 'RangeError: odd',
  'rejects with undefined': 'undefined',
  'a thenable that settles twice': '1',
  'a thenable that throws': 'RangeError: odd',
  'a getter that throws': 'RangeError: odd',
  'calls the app': '7',
  'calls the app, and awaits it': 'inside',
  'aborts the signal': 'enough',
  'never settles': 'late',
};

/** @param {() => any} call  @returns {Promise<string>} */
async function outcomeOf(call) {
  try {
    return String(await call());
  } catch (error) {
    const { name, code, message } = /** @type {any} */ (error ?? {});
    return error instanceof Error ? `${name}${code ? ` ${code}` : ''}: ${message}` : String(error);
  }
}

/** @param {Load} load  @returns {Promise<Outcome[]>} */
async function calls(load) {
  const app = await load({});
  const outcomes = [];
  for (const [name, call, due] of CALLS) {
    const bound = { ...app, exports: app.exports, call: app.call.bind(app) };
    outcomes.push({ name, came: await outcomeOf(() => call(bound)), due });
  }
  outcomes.push({ name: 'afterwards', came: await outcomeOf(() => app.exports.number(5)), due: '5' });
  return outcomes;
}

/** @param {Load} load  @returns {Promise<Outcome[]>} */
async function imports(load) {
  const outcomes = [];
  for (const [name, give] of Object.entries(GIVE)) {
    const controller = new AbortController();
    /** @type {App} */
    const app = await load({ imports: { give: () => give(app, controller) } });
    const came = await outcomeOf(() => app.call('asks', [], { signal: controller.signal }));
    outcomes.push({ name: `an import: ${name}`, came, due: GIVEN[name] });
    await app.close();
  }
  return outcomes;
}

/** @param {Load} load  @returns {Promise<Outcome[]>} */
async function ends(load) {
  const app = await load({ imports: { give: () => never } }), items = app.exports.count(9), waits = app.exports.asks();
  await items.next();
  const [closed, left] = await Promise.all([app.close(), outcomeOf(() => waits)]);
  return [
    { name: 'a call that the end cancels', came: left, due: 'CancelledError ECANCELED: the app has been closed' },
    { name: 'the end', came: String(closed), due: 'undefined' },
    { name: 'a generator that the end closes', came: await outcomeOf(async () => (await items.next()).done), due: 'true' },
    { name: 'a call after the end', came: await outcomeOf(() => app.exports.number(1)), due: 'BideError EXIT: the app has been closed' },
    { name: 'a task after the end', came: await outcomeOf(() => app.exports.later('a')), due: 'BideError EXIT: the app has been closed' },
  ];
}

/** Without memory each kind of argument is refused, and leaves nothing: the same is refused again, and what needs none goes on.
 *  @param {Load} load  @returns {Promise<Outcome[]>} */
async function withoutMemory(load) {
  const app = await load({}), { exports } = app, long = 'x'.repeat(50_000), outcomes = [];
  await exports.later('a');      // the stack of a task stays for another one
  exports.fill();
  const kinds = /** @type {[string, () => any][]} */ ([
    ['text', () => exports.text(long)], ['text of many bytes', () => exports.text('ü'.repeat(50_000))], ['bytes', () => exports.bytes(new Uint8Array(50_000))],
    ['a rest', () => exports.texts(...Array(5000).fill('text'))], ['text for a task', () => exports.later(long)],
  ]);
  for (const [name, call] of [...kinds, ...kinds]) outcomes.push({ name: `no memory: ${name}`, came: (await outcomeOf(call)).slice(0, 19), due: 'MemoryError ENOMEM:' });
  const { byteLength } = app.memory.buffer;
  for (let i = 0; i < 2000; i++) await outcomeOf(kinds[i % kinds.length][1]);
  outcomes.push({ name: 'no memory: what needs none', came: String(exports.number(7)), due: '7' });
  outcomes.push({ name: 'no memory: nothing is lost', came: String(app.memory.buffer.byteLength === byteLength), due: 'true' });
  return outcomes;
}

/** @param {Load} load  of the program  @returns {Promise<Outcome[]>} */
export async function badInput(load) {
  const outcomes = [await calls(load), await imports(load), await ends(load), await withoutMemory(load)].flat();
  await TURN();
  return outcomes;
}
