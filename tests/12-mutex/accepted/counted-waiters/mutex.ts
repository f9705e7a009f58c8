// Bit 0: held. The bits above: how many wait. Spins a little before it sleeps.
const HELD = 1;
const WAITER = 2;

export class Mutex {
  #cells: Int32Array;
  #at: number;

  constructor(cells: Int32Array, at = 0) {
    this.#cells = cells;
    this.#at = at;
  }

  lock(): Disposable {
    for (let spin = 0; spin < 5; spin++) if (this.tryLock()) return this.#guard();
    Atomics.add(this.#cells, this.#at, WAITER);
    for (;;) {
      const seen = Atomics.load(this.#cells, this.#at);
      if ((seen & HELD) === 0) {
        if (Atomics.compareExchange(this.#cells, this.#at, seen, (seen - WAITER) | HELD) === seen) return this.#guard();
      } else Atomics.wait(this.#cells, this.#at, seen);
    }
  }

  tryLock(): boolean {
    const seen = Atomics.load(this.#cells, this.#at) & ~HELD;
    return Atomics.compareExchange(this.#cells, this.#at, seen, seen | HELD) === seen;
  }

  unlock(): void {
    const before = Atomics.and(this.#cells, this.#at, ~HELD);
    if ((before & HELD) === 0) throw new Error('unlock of a free mutex');
    if (before >= WAITER) Atomics.notify(this.#cells, this.#at, 1);
  }

  withLock<T>(fn: () => T): T {
    const guard = this.lock();
    try {
      return fn();
    } finally {
      guard[Symbol.dispose]();
    }
  }

  #guard(): Disposable {
    let unlock: (() => void) | undefined = () => this.unlock();
    return { [Symbol.dispose]: () => (unlock?.(), (unlock = undefined)) };
  }
}
