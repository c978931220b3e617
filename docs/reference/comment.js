// The doc comments of bide.h: a sentence, more prose if need be, then fields.
//
//   /** Sentence.
//    *
//    *  NAME      parameters, in the order of the declaration
//    *  Returns   …
//    *  Suspends  …
//    *  Cancel    …
//    *  Like      …, or Differs */
//
// Strict on purpose: what is written out of form would be shown out of place.

/** @typedef {{ names: string[], lines: string[], line: number }} Field  lines: its text; line: where it stands in the header */
/** @typedef {{ line: number, prose: string[], fields: Field[] }} Comment  prose: paragraphs */
/** @typedef {(line: number, problem: string) => void} Report */

/** Fields that are no parameters, in their order. */
export const KEYWORDS = ['Returns', 'Suspends', 'Cancel', 'Like', 'Differs'];

const TEXT_COLUMN = 12;   // where the text of a field stands, behind ` *`

/** @param {string[]} lines  from the line with the opening to the one with the end  @param {number} first  number of the first
 *  @param {string[]} params  of the declaration below the comment  @param {boolean} isFunction  has fields in any case
 *  @param {Report} report  @returns {Comment} */
export function parseComment(lines, first, params, isFunction, report) {
  const blocks = blocksOf(lines, first);
  const place = blocks.findIndex((block, i) => i > 0 && startsField(block.lines[0], params));
  const fields = blocks[place] ?? (isFunction && blocks.length > 1 ? blocks[blocks.length - 1] : undefined);
  const above = fields ? blocks.slice(0, blocks.indexOf(fields)) : blocks;
  for (const { line } of blocks.slice(above.length + 1)) report(line, 'text stands behind the fields; its place is above them');
  if (!above[0]) report(first, 'the comment is empty');
  if (isFunction && !fields) report(first, 'the comment has no fields');
  const prose = above.map((block) => block.lines.map((text) => text.trim()).join(' '));
  return { line: first, prose, fields: fields ? fieldsOf(fields, params, report) : [] };
}

/** @typedef {{ line: number, lines: string[] }} Block  lines that no empty one parts */

/** @param {string[]} lines  @param {number} first  @returns {Block[]} */
function blocksOf(lines, first) {
  /** @type {Block[]} */
  const blocks = [];
  let open = false;
  lines.forEach((raw, i) => {
    const text = raw.replace(/^(\/\*\*| \*(?!\/))/, '').replace(/\s*\*\/$/, '');
    if (text.trim() === '') { open = false; return; }
    if (!open) blocks.push({ line: first + i, lines: [] });
    open = true;
    blocks.at(-1)?.lines.push(text);
  });
  return blocks;
}

/** Whether a block that may be prose begins as fields do.  @param {string} text  @param {string[]} params */
function startsField(text, params) {
  const { names: [name], isAligned } = partsOf(text) ?? { names: [''], isAligned: false };
  return isAligned && [...KEYWORDS, ...params].includes(name);
}

/** @param {Block} block  @param {string[]} params  @param {Report} report  @returns {Field[]} */
function fieldsOf(block, params, report) {
  /** @type {Field[]} */
  const fields = [];
  block.lines.forEach((text, i) => {
    const line = block.line + i;
    const field = fields.at(-1);
    if (!text.startsWith('   ')) {
      const begun = beginField(text, line, report);
      if (begun) fields.push(begun);
    } else if (!text.startsWith(' '.repeat(TEXT_COLUMN))) report(line, `text stands before column ${TEXT_COLUMN + 2}`);
    else if (!field) report(line, 'text that belongs to no field');
    else field.lines.push(text.slice(TEXT_COLUMN));
  });
  checkNames(fields, params, report);
  return fields;
}

/** @param {string} text  @param {number} line  @param {Report} report  @returns {Field | undefined} */
function beginField(text, line, report) {
  const parts = partsOf(text);
  if (!parts) return void report(line, `no field begins like this: ${text.trim()}`);
  if (!parts.isAligned) report(line, `the text of ${parts.names.join(', ')} is not aligned`);
  return { names: parts.names, lines: [parts.rest], line };
}

/** Names and text. The text stands in its column, or two spaces behind names that are too long for that.
 *  @param {string} text  @returns {{ names: string[], rest: string, isAligned: boolean } | undefined} */
function partsOf(text) {
  const [, names, gap, rest] = text.match(/^ {2}([A-Za-z_]\w*(?:, [A-Za-z_]\w*)*)( +)(.*)$/) ?? [];
  if (names === undefined) return undefined;
  const column = 2 + names.length + gap.length;
  return { names: names.split(', '), rest, isAligned: names.length < 10 ? column === TEXT_COLUMN : gap.length === 2 };
}

/** Every name is known, stands once, and in its place.
 *  @param {Field[]} fields  @param {string[]} params  @param {Report} report */
function checkNames(fields, params, report) {
  const order = [...params, ...KEYWORDS];
  let last = -1;
  for (const { names, line } of fields) {
    for (const name of names) {
      const place = order.indexOf(name);
      if (place < 0) report(line, `unknown field ${name}`);
      else if (place === last) report(line, `${name} stands here twice`);
      else if (place < last) report(line, `${name} is misplaced: the order is ${order.join(', ')}`);
      last = Math.max(last, place);
    }
  }
}
