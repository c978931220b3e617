// The bytes of what JavaScript gives for a file.

import { encode } from './memory.js';

/** @param {any} content  @param {string} what  it is, for messages  @param {import('./platform.js').Platform | Promise<import('./platform.js').Platform>} host
 *  @returns {Promise<Uint8Array>} bytes that nobody else has; those of texts and bytes are copied before this returns */
export async function contentOf(content, what, host) {
  try {
    if (content instanceof URL) content = await ((await host).readFile?.(content) ?? fetch(content));
    if (content?.ok === false) throw new Error(`${content.url}: ${content.status} ${content.statusText}`);
    if (typeof content?.arrayBuffer === 'function') return new Uint8Array(await content.arrayBuffer());
    const bytes = copyOf(content);
    if (bytes) return bytes;
  } catch (error) {
    const { message } = /** @type {Error} */ (error), kind = error instanceof TypeError ? TypeError : Error;
    throw new kind(`${what} can't be read: ${message}`, { cause: error });
  }
  throw new TypeError(`${what} is neither a text, bytes, a Blob nor a URL`);
}

/** @param {any} content  @returns {Uint8Array | undefined} undefined: it is neither a text nor bytes */
function copyOf(content) {
  if (typeof content === 'string') return encode(content);
  if (ArrayBuffer.isView(content)) return new Uint8Array(content.buffer, content.byteOffset, content.byteLength).slice();
  return /ArrayBuffer\]$/.test(Object.prototype.toString.call(content)) ? new Uint8Array(content).slice() : undefined;
}
