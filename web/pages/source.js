// Shows a C file with its comments, strings, keywords and names of bide told apart.

const TOKENS = new RegExp([
  /(?<comment>\/\*[^]*?\*\/|\/\/.*)/,
  /(?<string>"(?:\\.|[^"\\\n])*"|<[\w/]+\.h>)/,
  /(?<keyword>#\w+|\b(?:static|const|struct|enum|int|unsigned|double|float|void|char|bool|size_t|u?int\d+_t|for|while|if|else|return)\b)/,
  /(?<bide>\b(?:bide|BIDE)_\w+)/,
].map((part) => part.source).join('|'), 'g');

/** @param {HTMLElement} pane  @param {string} url */
export async function showSource(pane, url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  pane.replaceChildren(...highlighted(await response.text()));
}

/** @param {string} text  @returns {(string | HTMLElement)[]} */
function highlighted(text) {
  const pieces = [];
  let end = 0;
  for (const { 0: token, index, groups = {} } of text.matchAll(TOKENS)) {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? '';
    const span = document.createElement('span');
    span.className = kind;
    span.textContent = token;
    pieces.push(text.slice(end, index), span);
    end = index + token.length;
  }
  return [...pieces, text.slice(end)];
}
