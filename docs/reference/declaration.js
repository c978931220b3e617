// What a declaration of bide.h declares: name, parameters, members.

/** @typedef {'function' | 'macro' | 'type' | 'codes'} Kind */
/** @typedef {{ kind: Kind, name: string, params: string[], result: string, members: string[], mustUse: boolean, text: string }} Declaration
 *    members: constants of an enum and fields of a struct; text: as the reference shows it */

/** Internal names have two underscores.  @param {string} name */
export const isPublic = (name) => /^(bide|BIDE)_(?!_)/.test(name);

/** @param {string[]} lines  of the header, complete  @returns {Declaration | undefined}  undefined: nothing that is documented */
export function parseDeclaration(lines) {
  const source = lines.join('\n');
  if (source.startsWith('#define')) return macro(source);
  if (/^(typedef|struct|enum)\b/.test(source)) return type(source);
  return /^(BIDE_API|static inline)\b/.test(source) ? func(source) : undefined;
}

/** @param {string} text */
const withoutComments = (text) => text.replace(/\/\*.*?\*\//gs, '');

/** @param {string} source  @returns {Declaration} */
function macro(source) {
  const [, name, params] = source.match(/^#define (\w+)(?:\(([^)]*)\))?/) ?? ['', '', ''];
  const shown = params === undefined ? name : `${name}(${params})`;
  return { kind: 'macro', name, params: names(params ?? ''), result: '', members: [], mustUse: false, text: `#define ${shown}` };
}

/** @param {string} source  @returns {Declaration} */
function func(source) {
  const head = source.replace(/^(BIDE_API|static inline)\s+/, '').replace(/\s*\{.*$/s, '').replace(/\s+/g, ' ').replace(/;$/, '');
  const [, result, name] = head.match(/^(.*?)(\w+)\(/) ?? ['', '', ''];
  const end = closing(head, head.indexOf('('));
  const params = names(head.slice(head.indexOf('(') + 1, end));
  return { kind: 'function', name, params, result: result.trim(), members: [], mustUse: /\bBIDE_CHECK\b/.test(head.slice(end)), text: `${head.slice(0, end + 1)};` };
}

/** @param {string} source  @returns {Declaration} */
function type(source) {
  const plain = withoutComments(source);
  if (/^enum \{/.test(plain)) return { ...TYPE, kind: 'codes', name: 'codes', text: source };
  const alias = plain.match(/^typedef\s+[^{}]*?(\w+)\s*(\([^{}]*\))?;/);
  const body = plain.match(/\{(.*)\}/s)?.[1] ?? '';
  const name = alias?.[1] ?? plain.match(/\}\s*(\w+)\s*;\s*$/)?.[1] ?? '';
  const params = names(alias?.[2]?.slice(1, -1) ?? '');
  return { ...TYPE, name, params, members: membersOf(plain, body), text: source };
}

/** A struct whose layout is the compiler's business alone.  @param {Declaration} struct  @returns {Declaration} */
export const withoutFields = (struct) => ({ ...struct, members: [], text: `typedef struct { … } ${struct.name};` });

/** @type {Declaration} */
const TYPE = { kind: 'type', name: '', params: [], result: '', members: [], mustUse: false, text: '' };

/** @param {string} plain  @param {string} body  @returns {string[]} */
function membersOf(plain, body) {
  if (/^typedef enum/.test(plain)) return body.split(',').map((item) => item.trim().split(/[ =]/)[0]).filter(Boolean);
  return body.split(';').flatMap((item) => item.split(',').flatMap((one) => one.match(/(\w+)\s*$/)?.[1] ?? []));
}

/** @param {string} list  parameters  @returns {string[]} their names, without `...` */
function names(list) {
  return list.split(',').map((one) => one.trim()).filter((one) => one && one !== 'void' && one !== '...')
    .map((one) => one.match(/(\w+)(?:\[\])?$/)?.[1] ?? one);
}

/** @param {string} text  @param {number} open  where a parenthesis opens  @returns {number} where it is closed */
function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return i;
  }
  return text.length;
}
