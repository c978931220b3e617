// Draws the race: a lane for each runner, from left to right.

/** Right of this share of the width a runner has arrived. */
const FINISH = 0.97;

export class Track {
  #canvas;
  #context;
  /** One for each lane, all equally bright. @type {string[]} */
  #colours = [];

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#fit();
  }

  /** As many pixels as the screen has. */
  #fit() {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#canvas.width = Math.round(clientWidth * devicePixelRatio);
    this.#canvas.height = Math.round(clientHeight * devicePixelRatio);
  }

  /** @param {{ taken: Int32Array, steps: number, winner: number }} race  winner: -1 before there is one */
  draw({ taken, steps, winner }) {
    const { width, height } = this.#canvas;
    const context = this.#context;
    const lane = height / taken.length;
    const thick = Math.max(lane, devicePixelRatio);
    const end = width * FINISH;
    const colours = this.#coloursFor(taken.length);
    context.clearRect(0, 0, width, height);
    context.fillStyle = '#3b464b';
    context.fillRect(end, 0, devicePixelRatio, height);
    taken.forEach((done, i) => {
      const x = end * done / steps;
      context.fillStyle = colours[i];
      context.globalAlpha = 0.22;
      context.fillRect(0, i * lane, x, thick);
      context.globalAlpha = 1;
      context.fillRect(x - 3 * devicePixelRatio, i * lane, 4 * devicePixelRatio, thick);
    });
    if (winner >= 0) this.#mark(winner * lane, end);
  }

  /** @param {number} lanes */
  #coloursFor(lanes) {
    if (this.#colours.length !== lanes) {
      this.#colours = Array.from({ length: lanes }, (_, i) => `oklch(75% 0.13 ${170 + 180 * i / lanes})`);
    }
    return this.#colours;
  }

  /** The winner's lane, and a flag behind the finish. @param {number} y  @param {number} end */
  #mark(y, end) {
    const context = this.#context;
    const size = 7 * devicePixelRatio;
    context.fillStyle = '#fff';
    context.fillRect(0, y, end, devicePixelRatio);
    context.beginPath();
    context.moveTo(end + 2 * devicePixelRatio, y);
    context.lineTo(end + 2 * size, y - size);
    context.lineTo(end + 2 * size, y + size);
    context.fill();
  }
}
