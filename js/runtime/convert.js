// What a typed function takes and gives, by its signature (signature.js). Each conversion that may run a user's code is made before C is entered.

import { BideError } from './errors.js';
import { describe } from './describe.js';
import { BOOL, BYTES, crossing, Failure, F64, I64, Items, JS, LIST, NONE, PTR, TEXT, VALUE_SIZE } from './values.js';

/** @typedef {import('./signature.js').Type} Type
 *  @typedef {import('./signature.js').Parameter} Parameter
 *  @typedef {import('./values.js').Values} Values
 *  @typedef {(value: any, label: string) => unknown} ToC  throws a TypeError which begins with the label */

/** What typeof answers for the plain kinds. @type {Record<string, string>} */
const PLAIN = { number: 'number', boolean: 'boolean', string: 'string', bigint: 'bigint' };
/** How a message names a kind of bide_value. */
const NAMES = ['nothing', 'an integer', 'a number', 'a pointer', 'bytes', 'an error', 'a list', 'text', 'a boolean', 'a value of JavaScript'];
/** And a kind of a signature. @type {Record<string, string>} */
const WANTED = { number: 'a number', boolean: 'a boolean', string: 'a string', bigint: 'a bigint', bytes: 'a Uint8Array', array: 'an array', void: 'nothing' };

/** @param {Type} type  @returns {ToC} */
export function toC(type) {
  const convert = contents(type), { nullable, undefinable, kind } = type;
  if (kind === 'any' || (!nullable && !undefinable)) return convert;
  return (value, label) => {
    if (value === undefined ? undefinable : value === null && nullable) return value;
    return convert(value, label);
  };
}

/** @param {Type} type  @returns {ToC} */
function contents({ kind, item }) {
  const plain = PLAIN[kind];
  if (kind === 'bigint') return (value, label) => (typeof value === 'bigint' ? checked(crossing(value, label)) : refuse(label, kind, value));
  if (plain) return (value, label) => (typeof value === plain ? value : refuse(label, kind, value));
  if (kind === 'bytes') return (value, label) => (isBytes(value) ? attached(value, label) : refuse(label, kind, value));
  if (kind === 'array' && item) return list(toC(item));
  return (value, label) => checked(crossing(value, label));
}

/** @param {ToC} convert  an item  @returns {ToC} */
function list(convert) {
  return (value, label) => {
    if (!Array.isArray(value)) return refuse(label, 'array', value);
    return new Items(Array.from(value, (item, i) => convert(item, `${label}[${i}]`)));
  };
}

/** @param {unknown} value */
function checked(value) {
  if (typeof value === 'object' && value && Failure.is(value)) throw new BideError('EVALUE', value.message);
  return value;
}

/** @param {any} value  one of another realm, too */
const isBytes = (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';

/** @param {Uint8Array} bytes  @param {string} label */
function attached(bytes, label) {
  if (bytes.length) return bytes;
  try {
    return new Uint8Array(bytes.buffer, 0, 0);
  } catch {
    throw new TypeError(`${label} is a Uint8Array whose buffer is detached`);
  }
}

/** @param {string} label  @param {string} kind  @param {unknown} value  @returns {never} */
function refuse(label, kind, value) {
  throw new TypeError(`${label} is ${describe(value)}, not ${WANTED[kind]}`);
}

/** How many arguments a call must have at least. @param {Parameter[]} params */
export const leastOf = (params) => params.filter(({ optional, rest }) => !optional && !rest).length;

/** What the arguments become, one for each parameter.
 *  @param {string} name  of the function  @param {Parameter[]} params  @returns {(args: readonly unknown[]) => unknown[]} */
export function argumentsToC(name, params) {
  const least = leastOf(params), { length } = params, last = params[length - 1];
  const converts = params.map(({ type, optional }) => toC(optional ? { ...type, undefinable: true } : type)), labels = params.map((one) => `${name}: ${one.name}`);
  const most = last?.rest ? Infinity : length, counts = least === most ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  const takes = `${name} takes ${counts} argument${counts === '1' ? '' : 's'}`;
  return (args) => {
    if (args.length < least) throw new TypeError(`${labels[args.length]} is missing: ${takes}, not ${args.length}`);
    if (args.length > most) throw new TypeError(`${takes}, not ${args.length}`);
    const converted = [];
    for (let i = 0; i < length; i++) converted.push(converts[i](params[i].rest ? args.slice(i) : args[i], labels[i]));
    return converted;
  };
}

/** What values of C become that are the arguments of a function: one for each parameter.
 *  @param {Values} values  @param {string} name  of the function  @param {Parameter[]} params  @returns {(at: number, n: number) => unknown[]} */
export function argumentsFromC(values, name, params) {
  const least = leastOf(params), { length } = params;
  return (at, n) => {
    n >>>= 0;
    if (n < least || n > length) throw new BideError('ETYPE', `${name} takes ${least === length ? least : `${least} to ${length}`} argument${length === 1 ? '' : 's'}, not ${n}`);
    return params.slice(0, n).flatMap(({ name: param, type, optional, rest }, i) => {
      const value = fromC(values, optional ? { ...type, undefinable: true } : type, (at >>> 0) + i * VALUE_SIZE, `${name}: ${param}`);
      return rest ? value : [value];
    });
  };
}

/** Whether no argument needs memory of its own. @param {Parameter[]} params */
export const arePlain = (params) => params.every(({ type: { kind } }) => kind === 'number' || kind === 'boolean' || kind === 'bigint');

/** Whether a call takes numbers, and gives one. @param {Parameter[]} params  @param {Type} result */
export const areNumbers = (params, result) => (
  [result, ...params.map(({ type }) => type)].every(({ kind, nullable, undefinable }) => kind === 'number' && !nullable && !undefinable) && !params.some(({ optional }) => optional));

/** What a value of C becomes, of which C owns the contents.
 *  @param {Values} values  @param {Type} type  @param {number} at  @param {string} label  @returns {any} */
export function fromC(values, type, at, label) {
  const { memory } = values, kind = memory.getUint32(at), { nullable, undefinable } = type;
  if (kind === F64 && type.kind === 'number') return memory.view.getFloat64((at >>> 0) + 8, true);
  if (kind === NONE && nullable && !undefinable) return null;
  if (type.kind === 'any') return values.get(at);
  if (kind === NONE && (undefinable || type.kind === 'void')) return undefined;
  if (kind === I64 && type.kind === 'number') return safe(memory.view.getBigInt64((at >>> 0) + 8, true), label);
  if (kind === I64 && type.kind === 'bigint') return memory.view.getBigInt64((at >>> 0) + 8, true);
  if (kind === LIST && type.kind === 'array' && type.item) return items(values, type.item, at, label);
  const isRight = (kind === TEXT && type.kind === 'string') || (kind === BOOL && type.kind === 'boolean') || (kind === BYTES && type.kind === 'bytes');
  if (isRight || (kind === PTR && type.kind === 'number')) return values.get(at);
  if (kind === JS && type.item) return arrayOf(values.get(at), type.item, label);
  throw new BideError('ETYPE', `${label} is ${NAMES[kind]}, not ${WANTED[type.kind]}`);
}

/** @param {Values} values  @param {Type} type  @param {number} at  @param {string} label */
function items(values, type, at, label) {
  const count = values.memory.getUint32(at + 4), first = values.memory.getUint32(at + 8), all = [];
  for (let i = 0; i < count; i++) all.push(fromC(values, type, first + i * VALUE_SIZE, `${label}[${i}]`));
  return all;
}

/** An array that C has made by JavaScript: the very one, if its items are right. @param {unknown} value  @param {Type} item  @param {string} label */
function arrayOf(value, item, label) {
  try {
    list(toC(item))(value, label);
    return value;
  } catch (error) {
    throw error instanceof TypeError ? new BideError('ETYPE', error.message) : error;
  }
}

/** @param {bigint} value  @param {string} label */
function safe(value, label) {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${label} is ${value}, which no number can hold exactly: declare it as a bigint`);
  return number;
}
