// Lines over a logarithmic grid, as SVG that reads on light and dark pages.

const WIDTH = 720, HEIGHT = 400, LEFT = 60, RIGHT = 160, TOP = 40, BOTTOM = 50;
const COLOURS = ['#1a7f5a', '#c98a00', '#2f74c0', '#b0413e'];
const GREY = '#888888';

/** @param {string} title  @param {string} across  what the numbers below count
 *  @param {Record<string, [number, number][]>} lines  points by name  @returns {string} */
export function picture(title, across, lines) {
  const points = Object.values(lines).flat();
  const x = scale(points.map(([a]) => a), LEFT, WIDTH - RIGHT), y = scale(points.map(([, b]) => b), HEIGHT - BOTTOM, TOP);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" fill="${GREY}">`,
    `<title>${escaped(title)}</title>`,
    text(LEFT, 20, title),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, across, 'middle'),
    ...x.decades.flatMap((n) => [rule(x.at(n), TOP, x.at(n), HEIGHT - BOTTOM), text(x.at(n), HEIGHT - BOTTOM + 18, n.toLocaleString('en'), 'middle')]),
    ...y.decades.flatMap((n) => [rule(LEFT, y.at(n), WIDTH - RIGHT, y.at(n)), text(LEFT - 6, y.at(n) + 4, n.toLocaleString('en'), 'end')]),
    ...Object.entries(lines).flatMap(([name, line], i) => curve(name, line.map(([a, b]) => [x.at(a), y.at(b)]), COLOURS[i % COLOURS.length])),
    '</svg>', '',
  ].join('\n');
}

/** Powers of ten that enclose the numbers, and where between `from` and `to` a number lies.
 *  @param {number[]} numbers  @param {number} from  @param {number} to */
function scale(numbers, from, to) {
  const low = Math.floor(Math.log10(Math.min(...numbers))), high = Math.ceil(Math.log10(Math.max(...numbers)));
  const decades = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { decades, at: (/** @type {number} */ n) => Math.round((from + (to - from) * ((Math.log10(n) - low) / (high - low))) * 10) / 10 };
}

/** @param {string} name  @param {number[][]} points  @param {string} colour  @returns {string[]} */
function curve(name, points, colour) {
  const [endX, endY] = points.at(-1) ?? [0, 0];
  return [
    `<polyline fill="none" stroke="${colour}" stroke-width="2.5" points="${points.map((p) => p.join(',')).join(' ')}"/>`,
    ...points.map(([a, b]) => `<circle cx="${a}" cy="${b}" r="3.5" fill="${colour}"/>`),
    `<text x="${endX + 10}" y="${endY + 4}" fill="${colour}" font-weight="bold">${escaped(name)}</text>`,
  ];
}

/** @param {number} x1  @param {number} y1  @param {number} x2  @param {number} y2 */
const rule = (x1, y1, x2, y2) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${GREY}" stroke-opacity="0.3"/>`;

/** @param {number} x  @param {number} y  @param {string} words  @param {'start' | 'middle' | 'end'} [anchor] */
const text = (x, y, words, anchor = 'start') => `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(words)}</text>`;

/** @param {string} words */
const escaped = (words) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
