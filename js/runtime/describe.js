// What the message of a TypeError says of a value.

/** @param {unknown} value  @returns {string} what it is, in a few words */
export function describe(value) {
  if (value === null || value === undefined) return String(value);
  const type = typeof value;
  return type === 'object' ? `an object${className(value)}` : `a ${type}`;
}

/** @param {unknown} value */
function className(value) {
  try {
    return ` (${Object.prototype.toString.call(value).slice(8, -1)})`;
  } catch {
    return '';        // of a revoked proxy, or a getter throws
  }
}
