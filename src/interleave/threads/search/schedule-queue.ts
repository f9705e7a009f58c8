// Schedules put off until the next preemption bound: first in, first out, as bytes in one flat array (a million of them
// must fit).

/** A queue of byte strings. */
export class ScheduleQueue {
  #bytes = new Uint8Array(1024);
  #starts: number[] = [];
  #used = 0;
  #taken = 0;

  get size(): number {
    return this.#starts.length - this.#taken;
  }

  /** Appends `path[0..length)` followed by `choice`. */
  push(path: Uint8Array, length: number, choice: number): void {
    while (this.#used + length + 1 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#starts.push(this.#used);
    for (let at = 0; at < length; at++) this.#bytes[this.#used++] = path[at]!;
    this.#bytes[this.#used++] = choice;
  }

  /** The oldest; a view, good until the next push. */
  shift(): Uint8Array {
    const start = this.#starts[this.#taken++]!;
    return this.#bytes.subarray(start, this.#starts[this.#taken] ?? this.#used);
  }
}
