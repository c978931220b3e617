// Compiled, never run: what of index.d.ts must hold, and what must not.

import { BideError, load, type App, type Chunk, type Source } from 'bide';

const app = await load('app.wasm');
const code: number = await app.run();
const sum: number = await app.exports.add(1, 2);
const taken: boolean = app.interrupt();
const text: string = app.text(16) + app.text(16, 4);
const pages: number = app.memory.grow(0);
await app.call('add', [1, 2n, true], { signal: AbortSignal.timeout(1) });
await app.call('add');

// @ts-expect-error strings are no arguments of C
await app.exports.add('1', 2);
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

const error = new BideError('EVALUE', 'bad port', { cause: 1 });
const isTrap: boolean = error.code === 'TRAP';
const report: string | undefined = error.report;
// @ts-expect-error no such code
new BideError('EWHATEVER');

export { big, code, isTrap, out, pages, report, sum, taken, text };
