// Handles of the browser's own file system: their files are read into the tree, and what has changed there is written back.
//
// A note tells what a handle holds as far as we know. So what somebody else has put there meanwhile is never removed.

import { File, Folder, Link } from './tree.js';

/** A FileSystemFileHandle or FileSystemDirectoryHandle. @typedef {any} Handle
 *
 *  @typedef {object} Note
 *  @property {Handle} handle
 *  @property {File | Folder} node  that has the handle's content
 *  @property {number} [version]  of the file, that the handle has
 *  @property {Map<string, Note>} members  of the folder, that the handle has */

/** @param {any} value  @returns {boolean} */
export const isHandle = (value) => (value?.kind === 'file' && typeof value.getFile === 'function')
  || (value?.kind === 'directory' && typeof value.values === 'function');

/** @param {Handle} handle  @returns {Promise<Note>} */
export async function readHandle(handle) {
  /** @type {Map<string, Note>} */
  const members = new Map();
  if (handle.kind === 'file') {
    const file = await handle.getFile(), node = new File(new Uint8Array(await file.arrayBuffer()), file.lastModified);
    return { handle, node, version: node.version, members };
  }
  const handles = [], node = new Folder();
  for await (const member of handle.values()) handles.push(member);
  for (const note of await Promise.all(handles.map(readHandle))) {
    const { name } = note.handle;
    members.set(name, note);
    node.put(name, note.node);
  }
  return { handle, node, members };
}

/** Make the handle's content that of the node. After a failure the rest can be tried again.
 *  @param {Note} note  @returns {Promise<void>} */
export async function writeBack(note) {
  const { handle, node, members } = note;
  if (node instanceof File) return node.version === note.version ? undefined : writeFile(note, node);
  for (const [name, member] of members) {
    if (node.entries.get(name)?.type === member.node.type) continue;
    await handle.removeEntry(name, { recursive: true }).catch(unlessGone);
    members.delete(name);
  }
  for (const [name, now] of [...node.entries]) {
    if (now instanceof Link || (now instanceof Folder && now.fixed)) continue;      // a link has no place there, and a folder that is fixed has a handle of its own
    const member = members.get(name);
    if (now instanceof File && member?.node === now && member.version === now.version) continue;
    await writeBack(await memberFor(note, name, now));
  }
}

/** The note of a member, which the handle now has.
 *  @param {Note} note  @param {string} name  @param {File | Folder} node  @returns {Promise<Note>} */
async function memberFor({ handle, members }, name, node) {
  const got = await (node instanceof File ? handle.getFileHandle(name, { create: true }) : handle.getDirectoryHandle(name, { create: true }));
  const before = members.get(name), member = { handle: got, node, members: before?.members ?? new Map() };
  members.set(name, member);
  return member;
}

/** The program may change the file while it is written. Then it is written again next time.
 *  @param {Note} note  @param {File} file */
async function writeFile(note, file) {
  const out = await note.handle.createWritable(), { version } = file;
  try {
    await out.write(file.bytes.slice());
    await out.close();
  } catch (error) {
    await out.abort().catch(() => {});
    throw error;
  }
  note.version = version;
}

/** @param {Error} error */
function unlessGone(error) {
  if (error.name !== 'NotFoundError') throw error;
}
