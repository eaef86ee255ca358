/** Dice that fall the same way every time (mulberry32): a disagreement must be found again. */
export class Dice {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, and without, 1. */
  fraction() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. @param {number} least @param {number} most */
  whole(least, most) {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  /** A whole number of which each order of magnitude comes as often as any other. @param {number} least at least 1 @param {number} most */
  magnitude(least, most) {
    return Math.min(most, Math.floor(least * (most / least + 1) ** this.fraction()));
  }

  /** @template T @param {readonly T[]} items @returns {T} */
  one(items) {
    return /** @type {T} */ (items[this.whole(0, items.length - 1)]);
  }

  /** @param {number} chance from 0 to 1 */
  falls(chance) {
    return this.fraction() < chance;
  }
}
