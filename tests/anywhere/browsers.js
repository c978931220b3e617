// Browsers. One page in each takes a path after the other from our server, opens it in a frame, and the page that is opened
// there tells the server what came out. So neither a driver nor more than one process a browser is needed.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { findTool } from '../support/tools.js';
import { EXPECTED, script, writeIn } from './project.js';

/** @typedef {import('./project.js').Subject} Subject
 *  @typedef {import('./matrix.js').Way} Way
 *  @typedef {'chromium' | 'firefox'} Name */

/** In milliseconds, for a page to tell what came out. */
const PATIENCE = 60_000;

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** Files that are in no project. errors.js is put into each page when it is served. @type {Record<string, string>} */
const OWN = {
  '/': '<!doctype html>\n<meta charset="utf-8">\n<title>bide</title>\n<script type="module" src="/frames.js"></script>\n',
  '/frames.js': `for (;;) {
  const frame = document.createElement('iframe');
  frame.src = await (await fetch('/next')).text();
  document.body.replaceChildren(frame);
}
`,
  '/errors.js': "addEventListener('error', ({ message, target }) => fetch('/told', { method: 'POST', body: message ?? target.src + ' is missing' }), true);\n",
};

/** @param {string} source  of a module  @returns {string} a page of it */
export const page = (source) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>bide</title>
<script type="module" src="${source}"></script>
</html>
`;

/** The script of a page, which checks a subject, or has a Worker do it. @param {string} what  a Subject, or the path of the worker  @param {string} [start] */
export function pageScript(what, start) {
  const tell = "(text) => fetch('/told', { method: 'POST', body: text })";
  if (start) return script(/** @type {Subject} */ (what), tell, { start });
  return `const worker = new Worker(new URL('${what}', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => (${tell})(data);
worker.onerror = ({ message }) => (${tell})('the worker fails: ' + message);\n`;
}

/** @param {Subject} subject  @param {string} start */
export const inWorker = (subject, start) => script(subject, '(text) => postMessage(text)', { start });

/** What pages import without a bundler. @type {Record<Subject, string>} */
const STARTS = {
  package: "import { load } from '/node_modules/bide/js/page.js';\nconst start = (options) => load('/app/app.wasm', options);\n",
  'app.mjs': "import { load as start } from '/app/app.mjs';\n",
};

/** @param {Name} name  @returns {Way[]} */
export function browserWays(name) {
  return ['page', 'Worker'].flatMap((place) => /** @type {Subject[]} */ (['package', 'app.mjs']).map((subject) => ({
    name: place,
    subject,
    async check(dir) {
      const base = `pages/${name}-${subject}-${place}`;
      if (place === 'Worker') writeIn(dir, `${base}/worker.js`, inWorker(subject, STARTS[subject]));
      writeIn(dir, `${base}/main.js`, place === 'Worker' ? pageScript('./worker.js') : pageScript(subject, STARTS[subject]));
      writeIn(dir, `${base}/index.html`, page('main.js'));
      await inBrowser(name, dir, `/${base}/index.html`);
    },
  })));
}

/** Those that run. @type {Map<Name, Promise<Frames>>} */
const running = new Map();

/** Open a path of a project in a browser, which must tell what is expected.
 *  @param {Name} name  @param {string} dir  of the project  @param {string} path */
export async function inBrowser(name, dir, path) {
  const frames = running.get(name) ?? begin(name);
  running.set(name, frames);
  const told = await (await frames).open(dir, path);
  if (told !== EXPECTED) throw new Error(`${name}: ${told}`);
}

export async function closeBrowsers() {
  for (const frames of running.values()) await frames.then((one) => one.close(), () => {});
  running.clear();
}

class Frames {
  /** Of the project that is open. */
  #dir = '';
  /** Asks for the next path. @type {import('node:http').ServerResponse | undefined} */
  #asks;
  /** It has not been asked for yet. @type {string | undefined} */
  #next;
  /** @type {(text: string) => void} */
  #told = () => {};
  /** They end the browser. @type {(() => Promise<unknown> | void)[]} */
  ends = [];
  server = createServer((request, response) => this.#answer(request, response));

  /** @param {string} dir  @param {string} path  @returns {Promise<string>} what the page tells */
  open(dir, path) {
    this.#dir = dir;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(`nothing was told after ${PATIENCE / 1000} s`), PATIENCE);
      this.#told = (text) => {
        clearTimeout(timer);
        resolve(text);
      };
      this.#next = path;
      this.#send();
    });
  }

  #send() {
    if (!this.#asks || this.#next === undefined) return;
    this.#asks.end(this.#next);
    this.#asks = this.#next = undefined;
  }

  /** @param {import('node:http').IncomingMessage} request  @param {import('node:http').ServerResponse} response */
  #answer(request, response) {
    const path = (request.url ?? '').replace(/\?.*/, '');
    if (path === '/next') {
      this.#asks = response;
      return this.#send();
    }
    if (path === '/told') {
      let text = '';
      request.on('data', (chunk) => { text += chunk; }).on('end', () => this.#told(text));
      return response.end();
    }
    response.setHeader('Content-Type', TYPES[extname(path) || '.html'] ?? 'text/plain');
    response.setHeader('Content-Security-Policy', POLICY);
    return this.#file(path, response);
  }

  /** @param {string} path  @param {import('node:http').ServerResponse} response */
  #file(path, response) {
    try {
      const text = OWN[path] ?? readFileSync(join(this.#dir, path));
      response.end(path.endsWith('.html') ? String(text).replace('<title>', '<script src="/errors.js"></script>\n<title>') : text);
    } catch {
      response.writeHead(404).end();
    }
  }

  async close() {
    for (const end of this.ends) await end();
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** @param {Name} name  @returns {Promise<Frames>} */
async function begin(name) {
  const frames = new Frames();
  await new Promise((resolve) => frames.server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (frames.server.address());
  await LAUNCH[name](frames, `http://127.0.0.1:${port}/`);
  return frames;
}

/** @type {Record<Name, (frames: Frames, url: string) => Promise<void> | void>} */
const LAUNCH = { chromium: launchChromium, firefox: launchFirefox };

/** @param {Frames} frames  @param {string} url */
async function launchChromium(frames, url) {
  const { launch } = await import('../web/browser.js');
  const browser = await launch();
  frames.ends.push(() => browser.close());
  await (await browser.newPage()).goto(url);
}

/** Firefox shall look for nothing on a network, and ask nothing. */
const PREFERENCES = {
  'app.update.enabled': false, 'browser.aboutwelcome.enabled': false, 'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false, 'extensions.update.enabled': false, 'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false, 'network.proxy.type': 0, 'services.settings.server': '', 'toolkit.telemetry.enabled': false,
};

/** @param {Frames} frames  @param {string} url */
function launchFirefox(frames, url) {
  const profile = mkdtempSync(join(tmpdir(), 'bide-firefox-'));
  writeFileSync(join(profile, 'user.js'), Object.entries(PREFERENCES).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`).join(''));
  const child = spawn(findTool('firefox').path ?? '', ['--headless', '--no-remote', '--profile', profile, url], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  frames.ends.push(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
}
