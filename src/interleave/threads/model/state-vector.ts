/** A vector of integers with an undo log: a search goes back as cheaply as it goes forward. */
export class StateVector {
  readonly state: Int32Array<ArrayBuffer>;
  /** Index and old value of each change. */
  #log = new Int32Array(4096);
  #logged = 0;

  constructor(length: number) {
    this.state = new Int32Array(length);
  }

  /** Where to undo to. */
  get mark(): number {
    return this.#logged;
  }

  /** Changes a cell; can be undone. */
  set(index: number, value: number): void {
    if (this.#logged + 2 > this.#log.length) this.#growLog();
    this.#log[this.#logged++] = index;
    this.#log[this.#logged++] = this.state[index]!;
    this.state[index] = value;
  }

  /** Takes back every change since `mark` was read. */
  undo(mark: number): void {
    const { state } = this;
    const log = this.#log;
    let at = this.#logged;
    while (at > mark) {
      at -= 2;
      const index = log[at]!;
      const value = log[at + 1]!;
      state[index] = value;
      this.restored(index, value);
    }
    this.#logged = at;
  }

  /** Called for each cell that was set back, the latest change first. */
  restored(_index: number, _value: number): void {
    // For those who keep something beside the vector.
  }

  #growLog(): void {
    const larger = new Int32Array(this.#log.length * 2);
    larger.set(this.#log);
    this.#log = larger;
  }
}
