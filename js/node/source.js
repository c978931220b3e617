// The file of the program that load() is given.

/** @param {typeof import('node:fs')} fs  @param {string | URL} source  @returns {Promise<Uint8Array> | undefined} undefined: it is no file */
export function readFile(fs, source) {
  const url = /^[a-z][a-z\d+.-]+:/i.test(String(source)) ? new URL(source) : undefined;   // C: is a drive of Windows
  return url && url.protocol !== 'file:' ? undefined : fs.promises.readFile(url ?? source);
}
