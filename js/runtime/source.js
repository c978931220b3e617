// The compiled module of what load() is given.

/** @typedef {import('./platform.js').Platform} Platform */

/** What the package's load() is given: a source and options, or options that have the module.
 *  @param {any} source  @param {import('../index.d.ts').LoadOptions} [options]  @returns {[source: any, options?: import('../index.d.ts').LoadOptions]} */
export const sourceAndOptions = (source, options) => (source?.module ? [source.module, { ...source, ...options }] : [source, options]);

/** @param {any} source  @param {Platform | Promise<Platform>} host  @returns {Promise<WebAssembly.Module>} */
export async function compileSource(source, host) {
  source = await source;
  if (typeof source === 'string' || source instanceof URL) source = await ((await host).readFile?.(source) ?? fetch(source));
  if (source?.[Symbol.toStringTag] === 'WebAssembly.Module') return source;        // perhaps of another realm
  if (typeof source?.arrayBuffer === 'function') return compileResponse(source);
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(/** @type {BufferSource} */ (source));
  throw new TypeError('load: the source is a URL, a path, a Response, bytes or a WebAssembly.Module');
}

/** @param {Response} response */
async function compileResponse(response) {
  if (response.ok === false) throw new Error(`load: ${response.url}: ${response.status} ${response.statusText}`);
  const streams = response.headers?.get('content-type') === 'application/wasm';
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
