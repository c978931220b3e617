// What every page does with its elements.

/** @param {string} id  @returns {any} the element, which the page is sure to have */
export function element(id) {
  return document.getElementById(id);
}

/** Show how it goes, and whether something has failed.
 *  @param {string} text  @param {{ failed?: boolean }} [options] */
export function setStatus(text, { failed = false } = {}) {
  const status = element('status');
  status.textContent = text;
  status.classList.toggle('failed', failed);
}

/** Say what went wrong where the reader looks, and on the console.
 *  @param {unknown} error */
export function fail(error) {
  setStatus(String(error), { failed: true });
  console.error(error);
}
