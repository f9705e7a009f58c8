// An exact set of states: fixed-length vectors of integers in one flat array, found by hash and compared in full.

/** Vectors of `width` integers, numbered in the order added. */
export class StateTable {
  readonly #width: number;
  #vectors: Int32Array;
  #slots: Int32Array;
  #count = 0;
  /** Whether the last `add` was new. */
  added = false;

  constructor(width: number) {
    this.#width = width;
    this.#slots = new Int32Array(1024);
    this.#vectors = new Int32Array(512 * width);
  }

  get size(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#vectors.byteLength + this.#slots.byteLength;
  }

  /**
   * Adds the first `width` integers of `state` unless they are there.
   * @returns their number; `added` is whether they are new
   */
  add(state: Int32Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = this.#hash(state, 0) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]! - 1;
      if (entry < 0) {
        this.#slots[slot] = this.#count + 1;
        this.#append(state);
        this.added = true;
        return this.#count - 1;
      }
      if (this.#equals(state, entry * this.#width)) {
        this.added = false;
        return entry;
      }
    }
  }

  #append(state: Int32Array): void {
    const width = this.#width;
    const at = this.#count * width;
    for (let index = 0; index < width; index++) this.#vectors[at + index] = state[index]!;
    this.#count++;
    if (this.#count * 2 > this.#slots.length) this.#grow();
  }

  #equals(state: Int32Array, at: number): boolean {
    const vectors = this.#vectors;
    const width = this.#width;
    for (let index = 0; index < width; index++) if (vectors[at + index] !== state[index]) return false;
    return true;
  }

  /** Murmur3's rounds (A. Appleby, public domain algorithm). */
  #hash(from: Int32Array, at: number): number {
    let hash = 0x9747b28c;
    for (let index = 0; index < this.#width; index++) {
      let cell = Math.imul(from[at + index]!, 0xcc9e2d51);
      cell = Math.imul((cell << 15) | (cell >>> 17), 0x1b873593);
      hash ^= cell;
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  #grow(): void {
    const vectors = new Int32Array(this.#vectors.length * 2);
    vectors.set(this.#vectors);
    this.#vectors = vectors;
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.#count; entry++) {
      let slot = this.#hash(vectors, entry * this.#width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry + 1;
    }
    this.#slots = slots;
  }
}
