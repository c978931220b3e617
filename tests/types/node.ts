// With the types of Node, and without lib dom. Compiled, never run.

import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { load, type App, type LoadOptions } from 'bide';
import { same } from './exact.js';

const app: App = await load(new URL('app.wasm', import.meta.url));
await load(fetch('app.wasm'), { env: process.env, stdout: process.stdout, stderr: process.stderr, stdin: process.stdin });
await load(new Uint8Array(Buffer.from('')), { stdin: createReadStream('input') });
await load('app.wasm', { stdin: Readable.toWeb(process.stdin), stdout: new WritableStream<Uint8Array>() });
await load('app.wasm', { stdin: new ReadableStream<string>(), signal: AbortSignal.timeout(1) });
await app.call('add', [1], { signal: new AbortController().signal });

same<NonNullable<LoadOptions['signal']>, AbortSignal>(true);
same<App['memory']['buffer'], ArrayBuffer>(true);

// @ts-expect-error a stream of numbers is no input
await load('app.wasm', { stdin: new ReadableStream<number>() });
// @ts-expect-error a stream of strings is no output
await load('app.wasm', { stdout: new WritableStream<string>() });
// @ts-expect-error a controller is no signal
await load('app.wasm', { signal: new AbortController() });
