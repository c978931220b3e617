// With lib dom: what of index.d.ts must hold, and what must not. Compiled, never run.

import { BideError, load, type App, type CallOptions, type Chunk, type LoadOptions, type Source } from 'bide';
import { load as loadInPage } from 'bide/page';
import { same } from './exact.js';

const app = await load('app.wasm');
const code: number = await app.run();
const sum: number = await app.exports.add(1, 2);
const taken: boolean = app.interrupt();
const text: string = app.text(16) + app.text(16, 4);
const pages: number = app.memory.grow(0);
await app.call('add', [1, 2n, true], { signal: AbortSignal.timeout(1) });
await app.call('add');

await app.exports.add('text', new Uint8Array(2));
const where: number = app.alloc(8), written: number = app.write(where, 'text') + app.write(where, new Uint8Array(2));
const view: Uint8Array = app.bytes(where, written);
app.free(where);

await load('app.wasm', { files: {
  '/text': 'text', '/bytes': new Uint8Array(2), '/buffer': new ArrayBuffer(2), '/view': new DataView(new ArrayBuffer(2)), '/blob': new Blob([]),
  '/response': new Response(), '/url': new URL('https://example.org/'), '/disk': await navigator.storage.getDirectory(),
} });
const content = await app.readFile('/text'), copied: Uint8Array = content, names: string[] = app.files().concat(app.files('/disk'));
await app.writeFile('/made', new Blob([content, ...names, String(copied)]));
await app.sync();
// @ts-expect-error a number is no file
await load('app.wasm', { files: { '/number': 5 } });
// @ts-expect-error nor is a number content
await app.writeFile('/number', 5);

// @ts-expect-error exports can't be replaced
app.exports = {};
// @ts-expect-error the source is missing
await load();
// @ts-expect-error no such option
await load('app.wasm', { argv: [] });

interface Sums { add(x: number, y: number): Promise<number>; twice(x: bigint): Promise<bigint> }
const typed: App<Sums> = await load<Sums>(fetch('app.wasm'));
const big: bigint = await typed.exports.twice(2n);
// @ts-expect-error add takes numbers
await typed.exports.add(1n, 2n);

const sources: Source[] = [new URL('https://example.org/app.wasm'), new Uint8Array(), new ArrayBuffer(8), new Response(), new WebAssembly.Module(new Uint8Array())];

let out = '';
await load(sources[0], {
  args: ['app', '--flag'],
  env: { HOME: '/', UNSET: undefined },
  stdin: 'text',
  stdout: (chunk: Chunk) => { out += chunk; },
  stderr: new WritableStream<Uint8Array>(),
  imports: (given) => ({ log: (ptr: number, size: number) => console.log(given.text(ptr, size)) }),
  signal: new AbortController().signal,
  preopens: { '/data': '.' },
  slice: 4,
});
await load(sources[1], { stdin: (async function* () { yield 'line\n'; })(), stdout: { write(chunk: Chunk) { return chunk.length > 0; } } });
await load(sources[1], { stdin: new Blob([]).stream(), imports: { get: async (n: number, signal: AbortSignal) => (signal.aborted ? 0 : n) } });

await load(new URL('app.wasm', 'https://example.org/'));
await load(fetch('app.wasm'));
await load(WebAssembly.compileStreaming(fetch('app.wasm')));
same<typeof loadInPage, typeof load>(true);

// The types of the page itself, not types like them.
same<App['memory'], WebAssembly.Memory>(true);
same<App['instance'], WebAssembly.Instance>(true);
same<NonNullable<LoadOptions['signal']>, AbortSignal>(true);
same<NonNullable<CallOptions['signal']>, AbortSignal>(true);
const bytes = new Uint8Array(app.memory.buffer, 16, 4);

await load({ module: new WebAssembly.Module(new Uint8Array()), args: ['app'] });
await load<Sums>({ module: WebAssembly.compileStreaming(fetch('app.wasm')) });
// @ts-expect-error a number is no source
await load(5);
// @ts-expect-error a controller is no signal
await load('app.wasm', { signal: new AbortController() });
// @ts-expect-error a stream of numbers is no input
await load('app.wasm', { stdin: new ReadableStream<number>() });
// @ts-expect-error a stream of strings is no output
await load('app.wasm', { stdout: new WritableStream<string>() });

const error = new BideError('EVALUE', 'bad port', { cause: 1 });
const isTrap: boolean = error.code === 'TRAP';
const report: string | undefined = error.report;
// @ts-expect-error no such code
new BideError('EWHATEVER');

export { big, bytes, code, isTrap, out, pages, report, sum, taken, text, view };
