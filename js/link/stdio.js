// How libc calls the functions of a stream.
//
// A FILE holds pointers to the functions that read, write, seek and close it. Programs can't assign them, so what is called
// there is libc's own. A stream of the program's has functions of libc as well, which call those that fopencookie was given.
// So only with fopencookie do streams come to the program. tests/link/libc.test.js looks into libc for all of this.

/** Where the pointers stand in a FILE, and the types of their functions. */
export const STREAM_FIELDS = new Map([[12, '7f>7f'], [28, '7f7f7f>7f'], [32, '7f7f7f>7f'], [36, '7f7e7f>7e']]);

/** @param {import('./calls.js').PointerCall} call  made by libc */
export const isStreamCall = ({ type, field }) => field !== undefined && STREAM_FIELDS.get(field) === type;

/** @param {import('./link_map.js').Origin | undefined} origin */
export const isFromLibc = (origin) => origin !== undefined && /^libc(-printscan-[\w-]+)?\.a$/.test(origin.archive);
