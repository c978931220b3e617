// The documents: what they quote stands in files that are compiled, what they
// tell people to type works, what they name and link to exists.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { skipByHand, toolFolder } from './support/by_hand.js';
import { namesIn as filesIn, root } from './support/paths.js';
import { runProcess } from './support/process.js';
import { readScenarios } from './support/scenarios.js';
import { findTool, skipWithout } from './support/tools.js';

/** @typedef {{ language: string, from?: string, text: string }} Block  from: the file named above it */

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/javascript.md', 'examples/README.md'];
const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');

/** @param {string} markdown  @returns {Block[]} */
function blocksOf(markdown) {
  const fenced = /(?:<!-- from (\S+) -->\n)?^```(\w*)\n(.*?)^```$/gms;
  return [...markdown.matchAll(fenced)].map(([, from, language, text]) => ({ language, from, text }));
}

/** @param {string} markdown */
const withoutBlocks = (markdown) => markdown.replace(/^```.*?^```$/gms, '');

/** Languages of which nothing but quotations stands in the documents. */
const QUOTED = new Set(['c', 'js', 'ts', 'html']);

describe('quotations', () => {
  for (const document of DOCUMENTS) {
    it(document, () => {
      for (const { language, from, text } of blocksOf(read(document))) {
        if (!from && !QUOTED.has(language)) continue;
        assert.ok(from, `no file is named above\n${text}`);
        assert.ok(`\n${read(from)}`.includes(`\n${text}`), `${from} has no such lines:\n${text}`);
      }
    });
  }
});

// ---------------------------------------------------------------- links

/** @param {string} heading  as GitHub makes an anchor of it */
const anchor = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');

/** @param {string} path  @returns {string[]} */
const anchorsOf = (path) => [...withoutBlocks(read(path)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading));

describe('links', () => {
  for (const document of DOCUMENTS) {
    it(document, () => {
      const links = [...withoutBlocks(read(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
      for (const link of links) {
        const [path, fragment] = link.split('#');
        const target = path ? join(dirname(document), path) : document;
        assert.ok(existsSync(join(root, target)), `${link}: no such file`);
        if (fragment) assert.ok(anchorsOf(target).includes(fragment), `${link}: no such heading`);
      }
    });
  }
});

// ---------------------------------------------------------------- names

/** @param {string} dir  @returns {string[]} */
const sourcesIn = (dir) => readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.([chS]|js|ts)$/.test(name)).map((name) => join(dir, name));

const NAME = /\b(bide|BIDE|coro|CORO|js)_\w+/g;

/** @param {string} text  @param {RegExp} pattern  @returns {Set<string>} */
const wordsOf = (text, pattern) => new Set(text.match(pattern));

/** Names that stand between backticks. @param {string} document */
function namesIn(document) {
  const code = [...withoutBlocks(read(document)).matchAll(/`([^`]+)`/g)].map(([, text]) => text);
  return [...wordsOf(code.join('\n'), NAME)].filter((name) => !PATTERNS.has(name));
}

/** Each of these stands for many names. */
const PATTERNS = new Set(['bide_TYPE_METHOD', 'bide_noun_verb', 'bide_return_', 'bide__']);

describe('names', () => {
  const header = read('include/bide.h');
  const used = wordsOf(['include', 'src', 'wasm', 'js', 'tests/support'].flatMap(sourcesIn).map(read).join('\n'), NAME);

  for (const document of DOCUMENTS) {
    it(`${document}: exist`, () => {
      const known = document === 'README.md' ? wordsOf(header, NAME) : used;
      assert.deepEqual(namesIn(document).filter((name) => !known.has(name)), []);
    });
  }

  it('README.md: every public function is there, by its own name or by that of its _call or _join form', () => {
    const declared = [...header.matchAll(/^BIDE_API .*?\b(bide_[a-z]\w*)\(/gm)].map(([, name]) => name);
    const there = new Set(namesIn('README.md'));
    const missing = declared.filter((name) => !there.has(name) && !there.has(name.replace(/_(join|call)$/, '')));
    assert.deepEqual(missing, []);
  });
});

// ---------------------------------------------------------------- commands

/** @param {string} document  @returns {string[]} lines of its sh blocks, without comments */
function commandsOf(document) {
  const blocks = blocksOf(read(document)).filter((block) => block.language === 'sh');
  return blocks.flatMap((block) => block.text.split('\n')).map((line) => line.replace(/\s+# .*/, '').trim()).filter(Boolean);
}

/** @param {string} command  @returns {false | string} what it needs beside Node and has not got */
function missingFor(command) {
  if (/^clang |by-hand/.test(command) && skipByHand) return skipByHand;
  if (command.startsWith('wasmtime ')) return skipWithout('wasmtime');
  return /^cc |hello-native/.test(command) && skipWithout('native');
}

/** Run a command as a shell in the root would, but without npx, which needs a second to find the command.
 *  @param {string} command */
async function type(command) {
  mkdirSync(join(root, 'build'), { recursive: true });
  const tools = [findTool('wasmtime').path].flatMap((path) => (path ? [dirname(path)] : []));
  if (command.startsWith('clang ')) tools.push(await toolFolder());
  const env = { BIDE_VIRTUAL_TIME: '1', PATH: [...tools, process.env.PATH].join(delimiter) };
  return runProcess('bash', ['-c', command.replaceAll('npx bide ', 'node_modules/.bin/bide ')], { cwd: root, env, timeout: 120_000 });
}

/** The example of JavaScript that a command runs. @param {string} command */
const exampleIn = (command) => /^node .*\bbuild\/(\w+)/.exec(command)?.[1];

/** What a command prints: nothing if it compiles, else what its program prints.
 *  @param {string} command */
function outputOf(command) {
  const example = exampleIn(command);
  if (example) return read(`tests/expected/examples/js/${example}.txt`);
  return /^cp |^npx tsc | -o /.test(command) ? '' : 'Hello!\n';
}

describe('commands', () => {
  const verbs = wordsOf(read('build.sh').split('TEXT')[1], /(?<=^ {2})\w+/gm);
  for (const document of DOCUMENTS) {
    for (const command of new Set(commandsOf(document))) {
      const [program, verb, ...files] = command.split(' ');
      if (program === './build.sh') {
        it(`${document}: ${command}`, () => {
          assert.ok(verbs.has(verb), `build.sh has no verb ${verb}`);
          for (const file of files) assert.ok(existsSync(join(root, file)), `${file}: no such file`);
        });
      } else {
        it(`${document}: ${command}`, { skip: missingFor(command) }, async () => {
          const { code, stdout, stderr } = await type(command);
          assert.equal(code, 0, stderr);
          assert.equal(stdout, outputOf(command));
        });
      }
    }
  }
});

// ---------------------------------------------------------------- figures

it('README.md: as many programs and scenarios are compared with asyncio as it says', () => {
  const counts = [filesIn('tests/c/conformance', '.c').length, Object.keys(readScenarios().programs).length];
  const told = /\*\*(\d+) programs\*\*.*?\*\*(\d+) random programs\*\*/s.exec(read('README.md'));
  assert.deepEqual(told?.slice(1).map(Number), counts);
});
