// Three states, with an exchange on the slow path.
export class FutexLock {
  constructor(word: Int32Array) {
    this.#cell = word;
  }

  #cell: Int32Array;

  lock(): void {
    if (Atomics.compareExchange(this.#cell, 0, 0, 1) === 0) return;
    while (Atomics.exchange(this.#cell, 0, 2) !== 0) Atomics.wait(this.#cell, 0, 2);
  }

  unlock(): void {
    if (Atomics.sub(this.#cell, 0, 1) === 1) return;
    Atomics.store(this.#cell, 0, 0);
    Atomics.notify(this.#cell, 0, 1);
  }
}
