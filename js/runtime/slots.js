// What C knows by a number: calls, promises, errors of JavaScript.
//
//   number   | 0 | generation, 9 bits | place, 22 bits |      0 is none
//
// A place that has become free is used again under the number of its next generation, so an old number finds nothing.
// It is used again only when so many others have become free since, that a number comes back after half a million others.

const PLACES = 2 ** 22, NUMBERS = 2 ** 31, SPARE = 1024;

/** @template {object} T */
export class Slots {
  /** By place: what is kept there. @type {(T | undefined)[]} */
  #kept = [undefined];
  /** By place: the number that it has, or will have. */
  #numbers = [0];
  /** The free places are a chain, the one that is free for longest first. */
  #next = [0];
  #first = 0;
  #last = 0;
  #free = 0;

  /** @param {T} value  @returns {number} 0: there are four million already */
  add(value) {
    const place = this.#free > SPARE ? this.#reuse() : this.#kept.length;
    if (place === PLACES) return 0;
    if (place === this.#numbers.length) this.#numbers.push(place);
    this.#kept[place] = value;
    return this.#numbers[place];
  }

  #reuse() {
    const place = this.#first;
    this.#first = this.#next[place];
    this.#free--;
    return place;
  }

  /** @param {number} number */
  get(number) {
    const place = number & (PLACES - 1);
    return this.#numbers[place] === number ? this.#kept[place] : undefined;
  }

  /** Forget it. @param {number} number */
  take(number) {
    const value = this.get(number), place = number & (PLACES - 1);
    if (value === undefined) return undefined;
    this.#kept[place] = undefined;
    this.#numbers[place] = (number + PLACES) % NUMBERS;
    if (this.#free++) this.#next[this.#last] = place;
    else this.#first = place;
    this.#last = place;
    return value;
  }

  /** All that are kept. */
  values() {
    return this.#kept.filter((value) => value !== undefined);
  }
}
