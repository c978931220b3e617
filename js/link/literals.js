// String literals of C, as the preprocessor leaves them: "one" u8"two\n".

const LITERAL = /(?:u8)?"([^"\\]*(?:\\[^][^"\\]*)*)"/gy, ESCAPE = /\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;
/** @type {Record<string, number>} */
const SIMPLE = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27 };

/** The text of literals that stand side by side. Their escapes may be bytes of UTF-8.
 *  @param {string} source  @returns {string | undefined} undefined: it is something else */
export function literalText(source) {
  const pieces = source.trim().split(LITERAL);
  const isPure = pieces.every((piece, i) => i % 2 === 1 || piece.trim() === '');
  if (!isPure || pieces.length === 1) return undefined;
  const texts = pieces.filter((_, i) => i % 2 === 1);
  const bytes = texts.flatMap(bytesOf), all = new Uint8Array(bytes.reduce((size, piece) => size + piece.length, 0));
  bytes.reduce((at, piece) => (all.set(piece, at), at + piece.length), 0);
  return new TextDecoder().decode(all);
}

/** @param {string} text  between the quotes  @returns {Uint8Array[]} its bytes, in pieces */
function bytesOf(text) {
  const encoder = new TextEncoder(), pieces = [];
  let at = 0;
  for (const match of text.matchAll(ESCAPE)) {
    pieces.push(encoder.encode(text.slice(at, match.index)), Uint8Array.from(escaped(match)));
    at = match.index + match[0].length;
  }
  return [...pieces, encoder.encode(text.slice(at))];
}

/** @param {RegExpMatchArray} escape  @returns {Iterable<number>} */
function escaped([, hex, octal, short, long, simple]) {
  if (hex ?? octal) return [parseInt(hex ?? octal, hex ? 16 : 8) & 0xff];
  if (short ?? long) return new TextEncoder().encode(String.fromCodePoint(parseInt(short ?? long, 16)));
  return new TextEncoder().encode(simple in SIMPLE ? String.fromCharCode(SIMPLE[simple]) : simple);
}
