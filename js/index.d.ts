// The types of the package.
//
// They compile with the library es2022 alone. A type such as URL is the global one where a program has it, from the
// library dom, from @types/node or from elsewhere. Without it, the type is what the runtime uses of it.

/** The instances of a global class, or `Else` if there is no such class. */
type Global<Name extends string, Else> = typeof globalThis extends Record<Name, { prototype: infer T }> ? T : Else;

/** The same for the classes in WebAssembly. */
type Wasm<Name extends string, Else> = typeof globalThis extends { WebAssembly: Record<Name, { prototype: infer T }> } ? T : Else;

type Url = Global<'URL', { readonly href: string; readonly protocol: string }>;

type FetchResponse = Global<'Response', {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

type Signal = Global<'AbortSignal', {
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}>;

type Module = object & Wasm<'Module', { readonly [Symbol.toStringTag]: 'WebAssembly.Module' }>;
type Memory = Wasm<'Memory', { readonly buffer: ArrayBuffer; grow(delta: number): number }>;
type Instance = Wasm<'Instance', { readonly exports: Readonly<Record<string, object>> }>;

/** What the runtime uses of a FileSystemDirectoryHandle and a FileSystemFileHandle. */
type Folder = Global<'FileSystemDirectoryHandle', { readonly kind: 'directory'; readonly name: string }>;
type FileHandle = Global<'FileSystemFileHandle', { readonly kind: 'file'; readonly name: string }>;

/** Every Blob and File is one, and every Response. */
interface Bytes {
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Every ReadableStream of T is one: the global class, and that of node:stream/web. */
interface Readable<T> {
  getReader(): { read(): PromiseLike<{ done: boolean; value?: T | undefined }> };
}

/** Every WritableStream of T is one. */
interface Writable<T> {
  getWriter(): { write(chunk: T): Promise<unknown>; releaseLock(): void; readonly closed: Promise<unknown> };
}

/** Where a program comes from: a URL, a path (in Node), a response, its bytes, or a compiled module. */
export type Source = string | Url | FetchResponse | ArrayBuffer | ArrayBufferView | Module;

/** What an exported C function takes: an int64 is a bigint, all other types are numbers, pointers too. Where C takes an int or a
 *  pointer, a string is a copy of it with a NUL behind, and a Uint8Array a copy. They live until the call has ended. */
export type Argument = number | bigint | boolean | string | Uint8Array;

/** What a file can be made of: its text, its bytes, a Blob or a Response, or a URL to be read or fetched. */
export type FileContent = string | ArrayBufferLike | ArrayBufferView | Bytes | Url;

/** The files of a program by their paths, which begin at the root, `/`; folders on the way are made. Texts and bytes are copied. What is named
 *  otherwise is read while the program is being loaded. So are handles of the browser's file system: a file's, or a folder's with all that is in
 *  it; `App.sync` writes them back. An empty text, at a path that ends with `/`, makes an empty folder. */
export type Files = Readonly<Record<string, FileContent | Folder | FileHandle>>;

/** Bytes that a program wrote. Its text, `String(chunk)` or `text += chunk`, is the UTF-8 that they are. In Node a Buffer. */
export type Chunk = Uint8Array;

/** Where a program's output goes: a function, which is called inside the write and gets whole characters; a stream of the web;
 *  a Writable of Node. What a stream, or the promise that a function returned, has not taken yet is undelivered: while that is more than
 *  64 KiB, no task has a turn. run() resolves when all is delivered. A function that throws or rejects ends the app. */
export type Output = ((chunk: Chunk) => unknown) | Writable<Uint8Array> | { write(chunk: Chunk): unknown };

/** Where a program's input comes from. What is read without waiting (`fgets`,
 *  `scanf`) sees of a stream or iterable only what has arrived, then the end;
 *  `bide_read` waits for it. */
export type Input = string | Uint8Array | Readable<Uint8Array | string> | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** The functions that C declares with BIDE_IMPORT and BIDE_IMPORT_PROMISE.
 *
 *  The latter may return a promise. They get an AbortSignal as last argument if they
 *  declare it: if `fn.length` is more than C's parameters. A rest parameter, or one
 *  with a default value, does not count.
 *
 *  The former must not throw: that ends the app, as a trap does. One that C declares
 *  to return an int may throw a BideError: C gets its code as the int, and its message.
 *
 *  Pointers and unsigned integers come as C's ints do, signed: above 2 GiB they are
 *  negative, and `ptr >>> 0` is the address. All that takes a pointer takes it either way. */
export type Imports = Record<string, (...args: any[]) => any>;

export interface LoadOptions {
  /** The compiled module, in place of the source: workerd can't compile bytes, and one module makes any number of apps. */
  module?: Module | PromiseLike<Module>;
  /** `argv`, from the program's name on; default `['app']`. */
  args?: readonly string[];
  /** The environment. BIDE_VIRTUAL_TIME=1 makes the loops' clocks virtual. BIDE_DEBUG=1 turns debug mode on in a program built with --debug. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Default: the process's own in Node, else nothing. */
  stdin?: Input;
  /** Default: the process's own in Node, else the console, line by line. */
  stdout?: Output;
  stderr?: Output;
  imports?: Imports | ((app: App) => Imports | Promise<Imports>);
  /** Its abort cancels the main task, every call, and the tasks that calls have left behind. An app keeps
   *  Node alive as long as one of its tasks waits for time or for input. */
  signal?: Signal;
  /** Files that the program finds, in memory of its own. It may change them, and make others. Without it there are none at first. */
  files?: Files;
  /** Directories of the host (in Node) by the names that the program sees. Then the app has no files of its own; `files` can't be given. */
  preopens?: Readonly<Record<string, string>>;
  /** For how many milliseconds at most C runs before the host's event loop has its turn; default 8. */
  slice?: number;
}

export interface CallOptions {
  /** Its abort cancels the task; the call then rejects with the signal's reason. */
  signal?: Signal;
}

/** What `App.call` takes behind the name of a function. */
type CallArguments<F> = F extends (...args: infer A) => any
  ? [] extends A ? [args?: Readonly<A>, options?: CallOptions] : [args: Readonly<A>, options?: CallOptions] : never;

/** Functions of C. Of those marked BIDE_EXPORT, and of typed ones that promise their result, each call is a task of its own. */
export type Exports = Record<string, (...args: any[]) => any>;

export interface App<E = Exports> {
  /** The functions marked BIDE_EXPORT. A call resolves with what C returns; a pointer is signed, as an int is. One in flight when main returns, or when
   *  its run call ends, rejects with ECANCELED; one in flight when the program calls `exit`, with EXIT. */
  readonly exports: E;
  /** Call an exported function by its name. It answers what the function answers. */
  call<N extends keyof E & string>(name: N, ...more: CallArguments<E[N]>): E[N] extends (...args: any[]) => infer R ? R : never;
  /** Run main, once; resolves with the exit code. */
  run(): Promise<number>;
  /** What Ctrl-C does: cancel the main task. False if none runs. */
  interrupt(): boolean;
  /** Cancel what runs, wait for its clean-up, and end the app; then it holds nothing, and Node can exit. At once, calls reject with EXIT.
   *  One in flight rejects with ECANCELED, unless C makes something else of its cancellation. A run() in flight resolves with the code that
   *  main then returns: 130 of a bide_main, as at Ctrl-C. run_forever returns. What C never ends is waited for. */
  close(): Promise<void>;
  /** The program's memory. `bytes` is safer: it refuses what is not in it. */
  readonly memory: Memory;
  readonly instance: Instance;
  /** UTF-8 in the program's memory, `size` bytes or up to a NUL. Takes a pointer signed and unsigned. */
  text(ptr: number, size?: number): string;
  /** Memory of the program, until `free`; the address is unsigned. Throws ENOMEM. It is malloc's if the program has malloc, and C may free
   *  it then. For programs that give JavaScript a function or take one. */
  alloc(size: number): number;
  /** Give back what `alloc`, or malloc in C, gave. 0 is left alone; so is all after the app's end. */
  free(ptr: number): void;
  /** The bytes themselves, until the next call. Throws a RangeError if they are not in the memory. */
  bytes(ptr: number, size: number): Uint8Array;
  /** Write bytes, or the UTF-8 of a text without a NUL; returns how many. */
  write(ptr: number, data: string | Uint8Array): number;
  /** A copy of a file's bytes, also after the program's end. A path that does not begin with `/` begins at the root, as it does for the program.
   *  This function and the next three are for programs that open files, loaded without `preopens`. What a path does not lead to rejects
   *  or throws a FileError. */
  readFile(path: string): Promise<Uint8Array & { readonly buffer: ArrayBuffer }>;
  /** Make a file, or give one other content. Folders on the way are made. */
  writeFile(path: string, content: FileContent): Promise<void>;
  /** The names in a folder, sorted; default: those in the root. */
  files(path?: string): string[];
  /** Write back what has changed in the handles that `files` named: files and folders that the program made, changed or removed. What somebody
   *  else has put there stays. */
  sync(): Promise<void>;
}

/** Make an app of a program. Its constructors run, its main does not. `load({ module, … })` takes a compiled one among the options. */
export function load<E = Exports>(source: Source | Promise<Source> | LoadOptions & Required<Pick<LoadOptions, 'module'>>, options?: LoadOptions): Promise<App<E>>;

/** The codes of C, without BIDE_. */
export type Code =
  | 'ECANCELED' | 'ETIMEDOUT' | 'ESTATE' | 'ERUNTIME' | 'EVALUE' | 'ETYPE' | 'ELOOKUP' | 'EKEY' | 'ENOMEM'
  | 'EFULL' | 'EEMPTY' | 'ESHUTDOWN' | 'EBROKEN' | 'EGROUP' | 'ESTOP' | 'EDEADLOCK' | 'EOS' | 'EJS' | 'EEXIT';

/** What `App.readFile` and its like reject with, or throw, when a path is none for them. */
export interface FileError extends Error {
  /** POSIX's: 'ENOENT', 'EISDIR', 'ENOTDIR' and others. */
  readonly code: string;
  readonly path: string;
}

/** An error of C. An import that throws one hands its code and message to C. */
export class BideError extends Error {
  constructor(code: Code, message?: string, options?: { cause?: unknown; name?: string });
  /** TRAP: the program is broken for good. EXIT: it has ended. */
  readonly code: Code | 'TRAP' | 'EXIT';
  /** asyncio's class, like 'ValueError'; of an EJS the JavaScript error's own. */
  name: string;
  /** Of an EGROUP: its members, in the order of their failures. One that JavaScript threw is that very error. */
  readonly errors?: readonly unknown[];
  /** Of a TRAP: what happened, the task's name, the C functions; several lines. */
  readonly report?: string;
}

export {};
