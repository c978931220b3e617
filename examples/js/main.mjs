// main.mjs -- loads weather.c, compiled, and calls its functions.
//
//     npx bide build examples/js/weather.c --target js -o build/weather
//     node examples/js/main.mjs build/weather/app.wasm

import { setTimeout as sleep } from 'node:timers/promises';
import { load } from 'bide';

const DEGREES = { Rome: 24.5, Oslo: 11 };

/**
 * What C imports. Pointers from C are numbers; `app.text` makes strings of them.
 * A function that C declares with BIDE_IMPORT_PROMISE may be async. Its signal
 * is aborted when the C task that waits for it is cancelled.
 */
const imports = (app) => ({
  async temperature(city, size, signal) {
    const name = app.text(city, size);
    await sleep(100, undefined, { signal });
    if (!(name in DEGREES)) throw new RangeError(`no such city: ${name}`);
    return DEGREES[name];
  },
  say(text, size) {
    console.log(app.text(text, size));
  },
});

const app = await load(process.argv[2], { imports });

// Every call is a task, so these take one second together, not three.
const { add, warmer, lost } = app.exports;
console.log('sums:', await Promise.all([add(1, 2), add(3, 4), add(5, 6)]));

// C waits for two promises at once.
console.log('Rome is warmer than Oslo by', await warmer(), 'degrees');

// An abort cancels the task; the call rejects with the signal's reason.
const controller = new AbortController();
const call = app.call('wait_forever', [], { signal: controller.signal });
setTimeout(() => controller.abort(new Error('changed my mind')), 100);
await call.catch((error) => console.log('aborted:', error.message));

// An error of JavaScript's own, which C sees before it comes back to JavaScript.
await lost().catch((error) => console.log('rejected:', error.code, error.name, error.message));
