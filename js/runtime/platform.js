// What differs between hosts. page/platform.js makes one for pages, node/platform.js one for Node.

/** @typedef {object} Platform
 *  @property {(fd: 1 | 2) => import('./output.js').Output} output  where fd goes by default
 *  @property {() => import('./input.js').Input} stdin  the default
 *  @property {(source: string | URL) => Promise<Uint8Array> | undefined} [readFile]  undefined: the source has to be fetched
 *  @property {(preopens: Readonly<Record<string, string>>, memory: import('./memory.js').Memory) => Promise<Files>} [files]
 *  @property {(ms: number) => void} [pause]  blocks the thread
 *  @property {(stuck: () => void) => () => void} [whenIdle]  calls stuck() when the event loop is empty; returns a function that ends this
 *
 *  @typedef {object} Files  WASI's functions for files
 *  @property {Record<string, (...args: any[]) => any>} functions  by name
 *  @property {(memory: WebAssembly.Memory) => void} use  to be called before the functions
 *  @property {() => void} close  what the program has left open */

export {};
