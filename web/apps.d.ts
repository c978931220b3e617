// What a page imports from a program that `bide build --target js` has made.

declare module '*/app.mjs' {
  import type { App, LoadOptions } from '../js/index.js';
  export function load(options?: LoadOptions): Promise<App>;
}
