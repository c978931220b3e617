// Comments of C sources, which become the documentation of functions in app.d.mts.

import { readIfThere } from './cache.js';

/** The comments of a program's sources. A source that can't be found has none. */
export class Comments {
  /** By name. @type {Map<string, Source>} */
  #sources = new Map();
  #files;

  /** @param {string[]} files  sources in which functions are marked BIDE_EXPORT */
  constructor(files) {
    this.#files = files.filter((file) => file.endsWith('.c'));
  }

  /** @param {string} file  @returns {Source} */
  #read(file) {
    let source = this.#sources.get(file);
    if (!source) this.#sources.set(file, source = sourceOf(readIfThere(file)?.toString('utf8') ?? ''));
    return source;
  }

  /** @param {string} name  of a function that a macro makes  @param {{ file: string, line: number }} place  @returns {string[]} lines */
  ofMacro(name, { file, line }) {
    const source = this.#read(file);
    return commentAbove(source, macroOf(source, name, line));
  }

  /** @param {string} name  of a function that is marked BIDE_EXPORT  @returns {string[]} lines */
  ofExport(name) {
    const sources = this.#files.map((file) => this.#read(file)), found = sources.find((source) => exportOf(source, name) !== undefined);
    return found ? commentAbove(found, exportOf(found, name)) : [];
  }

  /** @param {string} name  of a function that is marked BIDE_EXPORT  @returns {string[]} its parameters; '' is one that has no name */
  parametersOf(name) {
    const sources = this.#files.map((file) => this.#read(file)), found = sources.find((source) => exportOf(source, name) !== undefined);
    return found ? parametersAt(found, /** @type {number} */ (exportOf(found, name)), name) : [];
  }
}

/** @typedef {{ text: string, code: string, comments: { start: number, end: number }[] }} Source
 *    code: the text with blanks in the place of comments and literals */

/** Comments and literals. A backslash at the end of a line continues a line comment. */
const OPAQUE = /\/\/(?:[^\n\\]|\\[^])*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/g;

/** @param {string} text  of a C file  @returns {Source} */
export function sourceOf(text) {
  text = text.replace(/\r\n?/g, '\n');
  const comments = /** @type {Source['comments']} */ ([]);
  const code = text.replace(OPAQUE, (found, at) => {
    if (found[0] === '/') comments.push({ start: at, end: at + found.length });
    return found.replace(/[^\n]/g, ' ');
  });
  return { text, code, comments };
}

/** Where a macro stands that makes the function `name`, and ends at `line`.
 *  @param {Source} source  @param {string} name  @param {number} line  @returns {number | undefined} where it begins */
export function macroOf({ code }, name, line) {
  const end = code.split('\n', line).join('\n').length, calls = code.slice(0, end).matchAll(new RegExp(`^[ \\t]*\\w+\\s*\\(\\s*${escaped(name)}\\b`, 'gm'));
  return beginning(code, [...calls].pop()?.index);
}

/** Where a function that is marked BIDE_EXPORT is defined.
 *  @param {Source} source  @param {string} name  @returns {number | undefined} where it begins */
export function exportOf({ code }, name) {
  return beginning(code, new RegExp(`^.*\\bBIDE_EXPORT\\b[^;{}]*?\\b${escaped(name)}\\s*\\(`, 'm').exec(code)?.index);
}

/** @param {Source} source  @param {number} at  where the function begins  @param {string} name  @returns {string[]} names of its parameters */
function parametersAt({ code }, at, name) {
  const list = new RegExp(`\\b${escaped(name)}\\s*\\(([^()]*)\\)`).exec(code.slice(at))?.[1] ?? '';
  return list.split(',').map((parameter) => /[\s*]([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*$/.exec(parameter.trim())?.[1] ?? '');
}

/** @param {string} code  @param {number | undefined} line  where one begins  @returns {number | undefined} its first code */
const beginning = (code, line) => (line === undefined ? undefined : line + code.slice(line).search(/\S/));

/** @param {string} name */
const escaped = (name) => name.replace(/\$/g, '\\$');

/** @param {Source} source  @param {number | undefined} at  @returns {string[]} the lines of the comment that ends there, or on the line above */
export function commentAbove({ text, comments }, at) {
  const found = [];
  for (const { start, end } of comments.filter((comment) => comment.end <= (at ?? 0)).reverse()) {
    const lineStart = text.lastIndexOf('\n', start) + 1, isLine = text.startsWith('//', start);
    if (!/^[ \t]*\n?[ \t]*$/.test(text.slice(end, at)) || text.slice(lineStart, start).trim() || (found.length && !isLine)) break;
    found.unshift(text.slice(start, end));
    at = lineStart;
    if (!isLine) break;
  }
  return trimmed(found.flatMap(linesOf));
}

/** @param {string} comment  @returns {string[]} its lines, without what makes it a comment */
function linesOf(comment) {
  if (comment.startsWith('//')) return comment.split('\n').map((line) => line.replace(/^\s*\/\/[/!]?<? ?/, '').trimEnd());
  const [first, ...more] = comment.replace(/^\/\*+!?/, '').replace(/\*+\/$/, '').split('\n').map((line) => line.trimEnd());
  const isStarred = more.filter(Boolean).every((line) => /^\s*\*/.test(line));
  const others = isStarred ? more.map((line) => line.replace(/^\s*\*/, '')) : more;
  const indent = Math.min(...others.filter(Boolean).map((line) => line.search(/\S/)));
  return [first.trim(), ...others.map((line) => line.slice(indent))];
}

/** @param {string[]} lines  @returns {string[]} without blank lines at both ends; none if there is no word */
function trimmed(lines) {
  const has = (/** @type {string} */ line) => /[\p{L}\p{N}]/u.test(line), first = lines.findIndex(has);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(has) + 1);
}

/** @param {string[]} lines  @param {string} indent  @returns {string} a comment of TypeScript */
export function documentation(lines, indent) {
  const safe = lines.map((line) => line.replaceAll('*/', '*\\/'));
  if (safe.length < 2) return safe.map((line) => `${indent}/** ${line} */\n`).join('');
  return `${indent}/**\n${safe.map((line) => `${indent} *${line && ' '}${line}\n`).join('')}${indent} */\n`;
}
