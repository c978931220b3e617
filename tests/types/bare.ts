// With no types of a host: lib es2022 alone. Compiled, never run.

import { load, type App, type CallOptions, type Input, type LoadOptions, type Output, type Source } from 'bide';
import { same } from './exact.js';

let out = '';
const app: App = await load('app.wasm', { stdin: 'text', stdout: (chunk) => { out += chunk; } });
await load(new Uint8Array([0, 97, 115, 109]));
await load(Promise.resolve(new ArrayBuffer(8)), { stdout: { write: (chunk: Uint8Array) => chunk.length } });

// A URL, as far as there is a type of it.
declare const url: { href: string; protocol: string };
await load(url);

same<App['memory']['buffer'], ArrayBuffer>(true);
same<ReturnType<App['memory']['grow']>, number>(true);
same<App['instance']['exports'][string], object>(true);
same<App['memory'], any>(false);
same<App['instance'], any>(false);
same<NonNullable<LoadOptions['signal']>, any>(false);
same<Source, any>(false);
same<Input, any>(false);
same<Output, any>(false);

// What has the parts that the runtime uses is accepted.
declare const signal: NonNullable<CallOptions['signal']>;
const polyfill: NonNullable<CallOptions['signal']> = {
  aborted: false, reason: undefined, throwIfAborted() {}, addEventListener() {}, removeEventListener() {},
};
await app.call('add', [1, 2n, true], { signal });
await load('app.wasm', { signal: polyfill });

declare const readable: { getReader(): { read(): Promise<{ done: boolean; value?: string }> } };
declare const writable: { getWriter(): { write(chunk: Uint8Array): Promise<void>; releaseLock(): void; closed: Promise<void> } };
await load('app.wasm', { stdin: readable, stdout: writable });

// @ts-expect-error a number is no source
await load(5);
// @ts-expect-error an object of another kind is no source
await load({ href: 'app.wasm' });
// @ts-expect-error a signal that can't be asked
await load('app.wasm', { signal: { aborted: false } });
// @ts-expect-error a stream of numbers is no input
await load('app.wasm', { stdin: { getReader: () => ({ read: async () => ({ done: false, value: 1 }) }) } });
// @ts-expect-error a function that takes strings is no output
await load('app.wasm', { stdout: (text: string) => { out += text; } });

export { out };
