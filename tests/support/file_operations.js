// Random operations on files, for tests/js/programs/file_ops.c. The same seed gives the same ones.
//
// Left out is what systems differ in: what is refused where a path ends with a dot or, without naming a folder, with a slash;
// pwrite with O_APPEND, which Linux makes a write; places in a folder.

import { dice } from '../oracle/generator.js';

/** @typedef {ReturnType<typeof dice>} Dice */

const NAMES = ['a', 'b', 'c', 'd'];
const OPERATIONS = `mkdir mkdir rmdir unlink remove rename rename link symlink readlink truncate access stat lstat list
  open open open close write write pwrite read read pread seek ftruncate allocate fstat`.split(/\s+/);
/** Ways to open a file: those of flags_of() in file_ops.c. */
const READING = ['r', 'w', 'rw', 'rd', 'rn', 'rt'], MAKING = ['rwc', 'wc', 'wct', 'rwcx', 'rwcn'], APPENDING = ['wa', 'rwac', 'rwat'];

/** A path that never leaves the folder where it begins. @param {Dice} d  @param {boolean} plain  it ends with a name */
function path(d, plain) {
  const parts = [];
  let depth = 0;
  for (let left = d.one([1, 1, 1, 2, 2, 3]) - Number(plain); left; left--) {
    const part = d.happens(0.07) ? '.' : depth && d.happens(0.08) ? '..' : d.one(NAMES);
    depth += part === '..' ? -1 : part === '.' ? 0 : 1;
    parts.push(part);
  }
  if (plain) parts.push(d.one(NAMES));
  return parts.join(d.happens(0.05) ? '//' : '/') + (plain || d.happens(0.9) ? '' : '/');
}

/** @param {Dice} d */
const text = (d) => 'xyzuvwqrst'.slice(0, d.between(1, 9)).repeat(d.happens(0.1) ? d.between(1, 30) : 1);

/** Slot 3 has the files that are appended to. @param {Dice} d  @param {string} slot */
function opening(d, slot) {
  if (slot === '@3') return `${path(d, true)} ${d.one(APPENDING)}`;
  return d.happens(0.5) ? `${path(d, true)} ${d.one(MAKING)}` : `${path(d, false)} ${d.one(READING)}`;
}

/** @param {Dice} d  @returns {string} */
function operation(d) {
  const name = d.one(OPERATIONS), slot = `@${d.below(4)}`, other = `@${d.below(3)}`;
  switch (name) {
    case 'open': return `close ${slot}\nopen ${slot} ${opening(d, slot)}`;
    case 'rename': case 'link': case 'symlink': return `${name} ${path(d, true)} ${path(d, true)}`;
    case 'mkdir': case 'rmdir': case 'remove': case 'unlink': return `${name} ${path(d, true)}`;
    case 'truncate': return `truncate ${path(d, false)} ${d.below(60)}`;
    case 'close': case 'fstat': return `${name} ${slot}`;
    case 'write': return `write ${slot} ${text(d)}`;
    case 'pwrite': return `pwrite ${other} ${text(d)} ${d.below(80)}`;
    case 'read': return `read ${slot} ${d.below(200)}`;
    case 'pread': return `pread ${slot} ${d.below(100)} ${d.below(80)}`;
    case 'seek': return d.happens(0.3) ? `seek @3 ${d.between(-30, 50)} e` : `seek ${slot} ${d.between(-30, 50)} ${d.one(['s', 'c'])}`;
    case 'ftruncate': return `ftruncate ${slot} ${d.between(-5, 95)}`;
    case 'allocate': return `allocate ${slot} ${d.below(100)} ${d.between(1, 100)}`;
    default: return `${name} ${path(d, false)}`;
  }
}

/** @param {number} seed  @param {number} count  @returns {string} the program's input */
export function operations(seed, count) {
  const d = dice(seed);
  return d.many(count, () => `${operation(d)}\n`).join('');
}
