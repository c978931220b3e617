// The page of `bide build --html`, which runs the program and shows what it prints.
//
// The page has a strict policy, which allows no inline script and no inline style. So both are files.

import { parse } from 'node:path';

/** @param {string} source  of the program, for the title and argv[0]
 *  @returns {Record<string, string>} files by name */
export function htmlFiles(source) {
  const { name } = parse(source);
  return { 'index.html': page(escape(name)), 'index.js': script(name), 'index.css': STYLE, 'icon.svg': ICON };
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** @param {string} title */
function page(title) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'">
<title>${title}</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="index.css">
<h1>${title}</h1>
<pre id="terminal" role="log" aria-live="polite" tabindex="0"></pre>
<p id="status">running</p>
<script type="module" src="index.js"></script>
</html>
`;
}

/** @param {string} name  argv[0], as `bide run` sets it */
const script = (name) => `import { load } from './app.mjs';

const terminal = document.getElementById('terminal');
const status = document.getElementById('status');

/** A writer that appends to the terminal. The bytes of a letter may come in two pieces. */
function writer(className) {
  const decoder = new TextDecoder();
  return (chunk) => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const atEnd = terminal.scrollTop + terminal.clientHeight >= terminal.scrollHeight - 4;
    const span = document.createElement('span');
    span.className = className;
    span.textContent = text;
    terminal.append(span);
    if (atEnd) terminal.scrollTop = terminal.scrollHeight;
  };
}

try {
  const args = [${JSON.stringify(name)}, ...new URLSearchParams(location.search).getAll('arg')];
  const app = await load({ args, stdout: writer('out'), stderr: writer('err') });
  const code = await app.run();
  status.textContent = 'exit ' + code;
} catch (error) {
  writer('err')(String(error) + '\\n');
  status.textContent = 'failed';
}
`;

/** Without an icon, browsers ask for favicon.ico. It is a file, because the policy refuses a data: URL. */
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f766e"/></svg>\n';

const STYLE = `body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #222; background: #fafafa; }
h1 { font-size: 1.2rem; }
pre { min-height: 12rem; max-height: 70vh; overflow: auto; margin: 0; padding: 1rem; border-radius: .4rem;
  background: #16181d; color: #e6e6e6; font: .9rem/1.4 ui-monospace, monospace; white-space: pre-wrap; }
.err { color: #ff9d8a; }
#status { color: #666; }
`;
