// Lets the compiler see the disk.
//
// @yowasp/clang keeps files in memory: it makes folders of what it is given before it runs. But which files a source includes
// is known to the compiler alone, for a name may come out of a macro. So each look-up is answered when it is made.
//
// The package has no door for that, and exports no class. All its look-ups go through one method of its folders. It puts a
// folder into a plain object, where a setter sees it; by that we get at the method. The package's version is fixed, and
// tests/js/cli_includes.test.js fails if one works otherwise.
//
// Rejected: to read #include lines as text finds no name that is computed. To compile again with the files that were
// missing does not find what __has_include has looked for in vain.

/** @typedef {(path: string) => import('./disk.js').Found} Look */

/** Where the tool chain's own folder /usr is, as long as the compiler sees the disk, which has a /usr too. */
export const OWN_ROOT = '/@clang';

const PROBE = '@bide-probe';
/** What the package throws where nothing is. */
const MISSING = 'no-entry';
/** And by the system's code, where something is that can't be read. @type {Record<string, string>} */
const ERRORS = { EACCES: 'access', EPERM: 'not-permitted', ELOOP: 'loop', ENAMETOOLONG: 'name-too-long' };

/** Answers the compiler that runs now. @type {Look | undefined} */
let looking;
let watched = false;

/** Run the compiler so that it sees the disk.
 *  @template T  @param {Look} look  @param {(also: import('./clang.js').Tree) => Promise<T>} start  takes files that are there also
 *  @returns {Promise<T>} */
export async function seeingDisk(look, start) {
  looking = look;
  try {
    return await (watched ? start({}) : watch(start));
  } finally {
    looking = undefined;
  }
}

/** The package makes its folders before start() returns, and looks into them later.
 *  @template T  @param {(also: import('./clang.js').Tree) => Promise<T>} start */
function watch(start) {
  Object.defineProperty(Object.prototype, PROBE, { configurable: true, set: replaceTraverse });
  try {
    return start({ [PROBE]: {} });
  } finally {
    delete (/** @type {any} */ (Object.prototype)[PROBE]);
  }
}

/** @typedef {{ data?: Uint8Array }} Entry  a file or folder of the package's
 *  @typedef {{ create?: unknown, remove?: boolean }} How */

/** @param {any} folder  any of the package's */
function replaceTraverse(folder) {
  const Folder = folder.constructor, { traverse } = Folder.prototype;
  /** By id: the compiler knows by its folders and files whether two paths lead to one. @type {Map<string, Entry>} */
  const entries = new Map();

  /** @param {import('./disk.js').Found} found  @returns {Entry} */
  function entryOf({ id, bytes }) {
    const known = entries.get(id);
    if (known && (bytes ? known.data && bytes.equals(known.data) : !known.data)) return known;
    const entry = bytes ? Object.assign(traverse.call(new Folder(), 'file', { create: 'file' }), { data: bytes }) : new Folder();
    entries.set(id, entry);
    return entry;
  }

  /** @this {unknown}  @param {string} path  without the first slash  @param {How} how  @returns {Entry} */
  Folder.prototype.traverse = function (path, how = {}) {
    const inMemory = (/** @type {string} */ at) => traverse.call(this, at, how);
    if (`/${path}`.startsWith(OWN_ROOT)) return inMemory(path.slice(OWN_ROOT.length));
    if (!looking || how.create || how.remove || path.startsWith('proc/self/')) return inMemory(path);
    return intermediate(path, inMemory) ?? onDisk(path, looking, entryOf);
  };
  watched = true;
}

/** What a step has made for the next one. @param {string} path  @param {(path: string) => Entry} inMemory */
function intermediate(path, inMemory) {
  if (path === 'usr' || path.startsWith('usr/')) return undefined;
  try {
    return inMemory(path);
  } catch (error) {
    if (error === MISSING) return undefined;
    throw error;
  }
}

/** The assembler, also in C, takes a relative path as if the root were the working directory. So that is looked at as well.
 *  @param {string} path  @param {Look} look  @param {(found: import('./disk.js').Found) => Entry} entryOf */
function onDisk(path, look, entryOf) {
  const absolute = look(`/${path}`), cwd = process.cwd();
  const found = absolute.id || `/${path}`.startsWith(cwd) ? absolute : look(`${cwd}/${path}`);
  if (found.error) throw ERRORS[found.error] ?? 'io';
  if (!found.id) throw MISSING;
  return entryOf(found);
}
