// Reads the signature of a typed function, which is TypeScript: "(name: string, times?: number): Promise<string>".
//
// The text becomes tokens. What stands in brackets is one token, so no rule below need look for the end of anything.
// A type is first read as TypeScript would read it, and then looked at for what is converted. All else is "any".

/** @typedef {'number' | 'bigint' | 'boolean' | 'string' | 'bytes' | 'array' | 'any' | 'void'} Kind  void: of results alone
 *  @typedef {{ kind: Kind, item?: Type, nullable: boolean, undefinable: boolean }} Type
 *    item: of an array; nullable, undefinable: the text allows null, undefined; a union of several other types is "any"
 *  @typedef {{ name: string, type: Type, optional: boolean, rest: boolean }} Parameter  rest: the type is an array
 *  @typedef {'sync' | 'promise' | 'generator' | 'async generator'} Form
 *  @typedef {{ params: Parameter[], result: { type: Type, form: Form } }} Signature  the result's type is that inside of Promise<…>
 *
 *  @typedef {{ open: string, inner: Token[] }} Group  what stands in brackets
 *  @typedef {string | Group} Token  a name, a sign, or LITERAL */

const CLOSES = new Map([['(', ')'], ['[', ']'], ['{', '}'], ['<', '>']]);
/** Blank space and comments, strings, the first sign of a template, names, numbers, signs. */
const WORD = /\s+|\/\/.*|\/\*[^]*?\*\/|(["'])(?:(?!\1)[^\\\r\n]|\\[^])*\1|[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*|\d[\w.]*|=>|\.\.\.|[^]/uy;
const BLANK = /^(\s|\/[/*])/, NAME = /^[\p{ID_Start}$_]/u;
/** Any string, template or number. */
const LITERAL = '0';

/** Names that no parameter can have. */
const RESERVED = new Set(('break case catch class const continue debugger default delete do else enum export extends false finally for function if '
  + 'import in instanceof new null return super switch this throw true try typeof var void while with').split(' '));

/** @type {Map<string, Kind>} */
const KINDS = new Map([['number', 'number'], ['bigint', 'bigint'], ['boolean', 'boolean'], ['string', 'string'], ['Uint8Array', 'bytes'], ['void', 'void']]);
const ARRAYS = ['Array', 'ReadonlyArray'], EVERYTHING = ['any', 'unknown'];
/** @type {Map<string, Form>} */
const FORMS = new Map([['Promise', 'promise'], ['Generator', 'generator'], ['AsyncGenerator', 'async generator']]);

/** Throws a SyntaxError whose message is a sentence. @param {string} text  @returns {Signature} */
export function parseSignature(text) {
  const [first, ...more] = tokensOf(text);
  const [params, colon, ...result] = groupOf(first, '<') ? more : [first, ...more];
  const list = groupOf(params, '(');
  if (!list) throw new SyntaxError('a signature begins with its parameters in parentheses');
  if (colon !== ':' || !result.length) throw new SyntaxError('the type of the result is missing; it stands behind the parameters and a colon');
  return { params: parametersOf(list), result: resultOf(result) };
}

/** @param {Token | undefined} token  @param {string} open  @returns {Token[] | undefined} what is in these brackets */
const groupOf = (token, open) => (typeof token === 'object' && token.open === open ? token.inner : undefined);

// ---------------------------------------------------------------- tokens

/** @param {string} text  @returns {Token[]} */
function tokensOf(text) {
  let at = 0;
  return group('');

  function next() {
    WORD.lastIndex = at;
    const [word] = /** @type {RegExpExecArray} */ (WORD.exec(text));
    at = WORD.lastIndex;
    return word;
  }

  /** @param {string} close  @returns {Token[]} what stands before it */
  function group(close) {
    const inner = [];
    while (at < text.length) {
      const word = next();
      if (word === close) return inner;
      if (!BLANK.test(word)) inner.push(tokenOf(word));
    }
    if (close) throw new SyntaxError(`a ${close} is missing`);
    return inner;
  }

  /** @param {string} word  @returns {Token} */
  function tokenOf(word) {
    const close = CLOSES.get(word);
    if (close) return { open: word, inner: group(close) };
    if (word === '`') return template();
    if (word === '"' || word === "'") throw new SyntaxError(`a ${word} is missing`);
    if (')]}>'.includes(word)) throw new SyntaxError(`a ${word} closes nothing`);
    return /^["'\d]/.test(word) ? LITERAL : word;
  }

  function template() {
    for (; at < text.length; at++) {
      if (text[at] === '\\') at++;
      else if (text.startsWith('${', at)) at += 2, group('}'), at--;
      else if (text[at] === '`') return at++, LITERAL;
    }
    throw new SyntaxError('a ` is missing');
  }
}

/** @param {Token[]} tokens  @param {string} sign  @returns {Token[][]} */
function split(tokens, sign) {
  const parts = /** @type {Token[][]} */ ([[]]);
  for (const token of tokens) token === sign ? parts.push([]) : parts[parts.length - 1].push(token);
  return parts;
}

// ---------------------------------------------------------------- parameters and result

/** @param {Token[]} tokens  @returns {Parameter[]} */
function parametersOf(tokens) {
  const parts = split(tokens, ',');
  if (!parts[parts.length - 1].length) parts.pop();       // none at all, or none behind the last comma
  const params = parts.map(parameterOf);
  params.forEach((param, i) => checkParameter(param, params.slice(0, i)));
  return params;
}

/** @param {Token[]} tokens  @returns {Parameter} */
function parameterOf(tokens) {
  const rest = tokens[0] === '...', [name, ...more] = rest ? tokens.slice(1) : tokens;
  if (name === undefined) throw new SyntaxError('a parameter is missing between two commas');
  if (typeof name === 'object' || !NAME.test(name) || RESERVED.has(name)) throw new SyntaxError(`a parameter can't have ${shown(name)} as its name`);
  const optional = more[0] === '?', [colon, ...type] = optional ? more.slice(1) : more;
  if (colon !== ':' || !type.length) throw new SyntaxError(`the parameter ${name} has no type`);
  check(type, `the type of the parameter ${name}`);
  return { name, type: typeOf(type), optional, rest };
}

/** @param {Parameter} param  @param {Parameter[]} before */
function checkParameter({ name, type, optional, rest }, before) {
  const left = before.find((other) => other.optional), last = before.find((other) => other.rest);
  if (before.some((other) => other.name === name)) throw new SyntaxError(`two parameters have the name ${name}`);
  if (last) throw new SyntaxError(`the parameter ${name} stands behind ...${last.name}, which takes all the rest`);
  if (rest && optional) throw new SyntaxError(`the parameter ...${name} can't be optional`);
  if (rest && (type.kind !== 'array' || type.nullable || type.undefinable)) throw new SyntaxError(`the parameter ...${name} is no array`);
  if (left && !optional && !rest) throw new SyntaxError(`the parameter ${name} is required, and stands behind ${left.name}, which is optional`);
}

/** @param {Token[]} tokens  @returns {Signature['result']} */
function resultOf(tokens) {
  check(tokens, 'the type of the result');
  const [name, args] = bare(tokens), form = typeof name === 'string' && FORMS.get(name);
  if (!form || bare(tokens).length > (groupOf(args, '<') ? 2 : 1)) return { type: typeOf(tokens, true), form: 'sync' };
  const value = split(groupOf(args, '<') ?? [], ',')[0];
  if (!value.length && form === 'promise') throw new SyntaxError('the type inside of Promise<…> is missing; it may be void');
  return { type: typeOf(value.length ? value : ['unknown'], true), form };
}

/** @param {Token[]} tokens  @returns {Token[]} without parentheses around them */
function bare(tokens) {
  const inner = tokens.length === 1 && groupOf(tokens[0], '(');
  return inner ? bare(inner) : tokens;
}

// ---------------------------------------------------------------- what a type converts

/** @param {Kind} kind  @returns {Type} */
const plain = (kind) => ({ kind, nullable: false, undefinable: false });

/** @param {Token[]} tokens  that check() has accepted  @param {boolean} [isResult]  @returns {Type} */
function typeOf(tokens, isResult = false) {
  const members = membersOf(tokens), has = (/** @type {string[]} */ ...names) => members.some(([name, more]) => !more && names.includes(/** @type {string} */ (name)));
  const others = members.filter(([name, more]) => more || (name !== 'null' && name !== 'undefined'));
  const type = others.length === 1 ? single(others[0]) : plain('any');
  if (type.kind === 'void' && !isResult) type.kind = 'any';
  return { ...type, nullable: has('null', ...EVERYTHING), undefinable: has('undefined', 'void', ...EVERYTHING) };
}

/** The types of a union. A `=>` and a condition reach over all that follows. @param {Token[]} tokens  @returns {Token[][]} */
function membersOf(tokens) {
  const whole = bare(tokens);
  if (whole.some((token) => token === '=>' || token === 'extends')) return [whole];
  const parts = split(whole, '|').filter((part) => part.length);
  return parts.length > 1 ? parts.flatMap(membersOf) : parts;
}

/** @param {Token[]} tokens  no union  @returns {Type} */
function single(tokens) {
  const [name, ...more] = tokens, last = more[more.length - 1];
  if (!more.length) return plain(KINDS.get(/** @type {string} */ (name)) ?? 'any');
  if (tokens.some((token) => ['&', '=>', 'keyof', 'extends', 'is'].includes(/** @type {string} */ (token)))) return plain('any');
  if (groupOf(last, '[')?.length === 0) return arrayOf(tokens.slice(name === 'readonly' ? 1 : 0, -1));
  const args = more.length === 1 ? groupOf(last, '<') : undefined;
  if (args && ARRAYS.includes(/** @type {string} */ (name))) return arrayOf(args);
  return plain(args && name === 'Uint8Array' ? 'bytes' : 'any');
}

/** @param {Token[]} item  @returns {Type} */
const arrayOf = (item) => ({ ...plain('array'), item: typeOf(item) });

// ---------------------------------------------------------------- what is a type

/** Words before a type, and what joins two. */
const PREFIXES = new Set(['keyof', 'readonly', 'unique', 'infer', 'asserts', 'typeof', 'new', 'abstract']);
const OPERATORS = new Set(['|', '&', '.', 'is', 'extends']);
/** Reserved words that are types, or begin one. */
const TYPES = new Set(['void', 'null', 'this', 'true', 'false', 'import']);

/** Throw a SyntaxError unless these tokens are a type. What stands in braces, and the parameters of function types, are not looked at.
 *  @param {Token[]} tokens  @param {string} what */
function check(tokens, what) {
  let isTyped = false;
  tokens.forEach((token, i) => {
    const before = tokens[i - 1], next = tokens[i + 1];
    const follows = isTyped ? behindType(token, before, tokens, what) : beforeType(token, next, i, what);
    if (follows === undefined) throw new SyntaxError(`${what} can't be read from ${shown(token)} on`);
    isTyped = follows;
  });
  if (!isTyped) throw new SyntaxError(`${what} is not complete`);
}

/** @param {Token} token  where a type begins  @param {Token | undefined} next  @param {number} i  @param {string} what
 *  @returns {boolean | undefined} whether a type ends with it; undefined: it can't stand here */
function beforeType(token, next, i, what) {
  if (typeof token === 'object') {
    if (token.open === '<') return groupOf(next, '(') ? false : undefined;
    if (token.open === '(' && next !== '=>') check(token.inner, what);
    return true;
  }
  if (token === '-') return next === LITERAL ? false : undefined;
  if (token === '|' || token === '&') return i === 0 ? false : undefined;
  if (PREFIXES.has(token) && next !== undefined && !OPERATORS.has(/** @type {string} */ (next))) return false;
  return token === LITERAL || TYPES.has(token) || (NAME.test(token) && !RESERVED.has(token) && token !== 'keyof') ? true : undefined;
}

/** @param {Token} token  behind a type  @param {Token} before  @param {Token[]} all  @param {string} what
 *  @returns {boolean | undefined} as of beforeType() */
function behindType(token, before, all, what) {
  if (typeof token === 'object') {
    if (token.open === '[') return token.inner.length && check(token.inner, what), true;
    if (token.open === '<') return split(token.inner, ',').forEach((part) => check(part, what)), true;
    return token.open === '(' && before === 'import' ? true : undefined;
  }
  if (token === '=>') return groupOf(before, '(') ? false : undefined;
  if (token === '?' || token === ':') return all.includes('extends') ? false : undefined;
  return OPERATORS.has(token) ? false : undefined;
}

/** @param {Token} token */
const shown = (token) => (typeof token === 'object' ? token.open : token === LITERAL ? 'a literal' : token);
