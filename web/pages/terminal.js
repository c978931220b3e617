// A pane that shows what a program prints, each line with the time at which it began.

export class Terminal {
  #pane;
  #began = performance.now();
  /** The line that waits for its end. @type {HTMLElement | undefined} */
  #open;

  /** @param {HTMLElement} pane */
  constructor(pane) {
    this.#pane = pane;
  }

  /** Empty it; its clock starts again. */
  clear() {
    this.#pane.replaceChildren();
    this.#open = undefined;
    this.#began = performance.now();
  }

  /** @returns {number} seconds since it was cleared */
  get elapsed() {
    return (performance.now() - this.#began) / 1e3;
  }

  /** A function for load()'s stdout or stderr: its chunks hold whole characters.
   *  @param {'out' | 'err'} kind  @returns {(chunk: Uint8Array) => void} */
  writer(kind) {
    return (chunk) => this.write(String(chunk), kind);
  }

  /** @param {string} text  @param {'out' | 'err' | 'host'} kind */
  write(text, kind) {
    const pane = this.#pane;
    const followed = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 4;
    for (const piece of text.match(/[^\n]*\n|[^\n]+/g) ?? []) this.#append(piece, kind);
    if (followed) pane.scrollTop = pane.scrollHeight;
  }

  /** @param {string} piece  of one line, perhaps its end  @param {string} kind */
  #append(piece, kind) {
    const line = this.#open ?? this.#begin();
    const span = document.createElement('span');
    span.className = kind;
    span.textContent = piece.replace('\n', '');
    line.lastElementChild?.append(span);
    this.#open = piece.endsWith('\n') ? undefined : line;
  }

  #begin() {
    const line = document.createElement('div');
    line.className = 'line';
    line.dataset.time = `${this.elapsed.toFixed(2)} s`;
    line.append(document.createElement('span'));
    this.#pane.append(line);
    return line;
  }
}
