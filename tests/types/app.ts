// What a program's own app.d.mts accepts, and what it refuses. The test writes it beside a copy of this file.

import load, { BideError, load as same, type App, type Code, type Imports, type LoadOptions } from './app.mjs';

const imports: Imports = {
  half: (n) => n / 2,
  note(text, size) {
    const where: number = text, much: bigint = size;
    void [where, much];
  },
  async work(x, signal) {
    signal.throwIfAborted();
    return String(x);
  },
};
const options: LoadOptions = { imports, args: ['app'], stdin: 'a line\n' };
const app: App = await load(options);
const sum: number = await app.exports.add(1, true);
const large: bigint = await app.exports.big(2n);
const length: number = await app.exports.add('text', 1) + await app.exports.add(new Uint8Array(2), 1);
const where: number = app.alloc(2);
const bytes: Uint8Array = app.bytes(where, app.write(where, 'ab') + app.write(where, new Uint8Array(1)));
app.free(where);
const nothing: void = await app.exports.nothing();
const code: number = await app.run();
await same({ module: await ({} as { module: Promise<NonNullable<LoadOptions['module']>> }).module, imports });
await same({ imports: (a) => ({ ...imports, half: () => a.text(0).length }) });
export { bytes, code, large, length, nothing, sum };

export function tell(error: unknown): Code | 'TRAP' | 'EXIT' | undefined {
  return error instanceof BideError ? error.code : undefined;
}

// @ts-expect-error an import is missing
await load({ imports: { half: (n: number) => n } });
// @ts-expect-error imports are needed
await load();
// @ts-expect-error an int64 is a bigint
await app.exports.big(2);
// @ts-expect-error a double is a number
await app.exports.add(1, '2');
// @ts-expect-error it takes texts and Uint8Arrays
app.write(where, [1]);
// @ts-expect-error too many arguments
await app.exports.nothing(1);
// @ts-expect-error there is no such function
await app.exports.subtract(1, 2);
// @ts-expect-error it is a number
const text: string = await app.exports.add(1, 2);
// @ts-expect-error C takes no object
const wrong: Imports = { ...imports, work: async () => ({}) };
export { text, wrong };
