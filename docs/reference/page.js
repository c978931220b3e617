// What all pages of the reference share. They need no script, and forbid it.

import { escape } from './markup.js';

/** @typedef {{ title: string, file: string, body: string }} Page */
/** @typedef {{ file: string, title: string }[]} Contents */

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** @param {Page} page  @param {Contents} contents  all pages, in their order */
export function html({ title, file, body }, contents) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escape(title)} - bide</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="style.css">
<div class="page">
<nav aria-label="Modules">
<a class="brand" href="index.html">bide</a>
<ul>
${contents.map((one) => item(one, file)).join('\n')}
</ul>
</nav>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</div>
</html>
`;
}

/** @param {Contents[number]} one  @param {string} current */
const item = ({ file, title }, current) => `<li><a href="${file}"${file === current ? ' aria-current="page"' : ''}>${escape(title)}</a></li>`;
