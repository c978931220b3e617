// Whether a text is JavaScript or TypeScript. Nothing of it runs.

import { Script } from 'node:vm';

/** @param {string} text  of a module  @param {'js' | 'ts'} loader
 *  @returns {Promise<string>} '' if it can be parsed; else what is wrong, and below it the line, if it is not the first one */
export async function syntaxError(text, loader) {
  const { transform } = await import('esbuild');
  try {
    await transform(text, { loader, logLevel: 'silent' });
    return loader === 'js' ? patternError(text) : '';
  } catch (error) {
    const [{ text: message, location }] = /** @type {import('esbuild').TransformFailure} */ (error).errors;
    return message + (location && location.line > 1 ? `\n    ${location.lineText.replace(/\t/g, ' ')}\n    ${' '.repeat(location.column)}^` : '');
  }
}

/** Regular expressions are not looked at by esbuild. An engine refuses the whole file for one. @param {string} text */
function patternError(text) {
  try {
    new Script(text.replace(/^export (\{\};|default)/, ';'));
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    if (message.startsWith('Invalid regular expression')) return message;      // all else may be the engine's age
  }
  return '';
}
