// A ticket lock in one word: the upper half counts the tickets drawn, the lower half the ticket that is served. Who comes first is served first.
const ONE_TICKET = 1 << 16;
const LOW = ONE_TICKET - 1;

const drawn = (word: number) => word >>> 16;
const served = (word: number) => word & LOW;

export class Mutex implements Disposable {
  private readonly word: Int32Array;
  private readonly index: number;

  constructor(word: Int32Array, index = 0) {
    this.word = word;
    this.index = index;
  }

  lock(): Disposable {
    const { word, index } = this;
    const ticket = drawn(Atomics.add(word, index, ONE_TICKET));
    for (let now = Atomics.load(word, index); served(now) !== ticket; now = Atomics.load(word, index))
      Atomics.wait(word, index, now);
    let open = true;
    return {
      [Symbol.dispose]: () => {
        if (open) this.unlock();
        open = false;
      },
    };
  }

  tryLock(): boolean {
    const { word, index } = this;
    const now = Atomics.load(word, index);
    return drawn(now) === served(now) && Atomics.compareExchange(word, index, now, (now + ONE_TICKET) | 0) === now;
  }

  unlock(): void {
    const { word, index } = this;
    for (let now = Atomics.load(word, index); ;) {
      if (drawn(now) === served(now)) throw new RangeError('not locked');
      const next = (now & ~LOW) | ((served(now) + 1) & LOW);
      const found = Atomics.compareExchange(word, index, now, next);
      if (found === now) {
        // Everybody looks whether it is their turn.
        if (drawn(next) !== served(next)) Atomics.notify(word, index);
        return;
      }
      now = found;
    }
  }

  withLock<T>(fn: () => T): T {
    this.lock();
    try {
      return fn();
    } finally {
      this.unlock();
    }
  }

  [Symbol.dispose](): void {
    this.unlock();
  }
}
