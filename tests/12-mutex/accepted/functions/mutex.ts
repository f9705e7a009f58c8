// Three states again, taken by compareExchange, and a closure in place of private fields.
export class Mutex {
  readonly lock: () => Disposable;
  readonly tryLock: () => boolean;
  readonly unlock: () => void;
  readonly withLock: <T>(fn: () => T) => T;

  constructor(word: Int32Array, index = 0) {
    const swap = (from: number, to: number) => Atomics.compareExchange(word, index, from, to) === from;
    this.tryLock = () => swap(0, 1);
    this.unlock = () => {
      if (swap(1, 0)) return;
      if (!swap(2, 0)) throw new Error(`unlock: the word is ${Atomics.load(word, index)}`);
      Atomics.notify(word, index, Infinity);
    };
    this.lock = () => {
      let taken = this.tryLock();
      while (!taken) {
        if (swap(1, 2) || Atomics.load(word, index) === 2) Atomics.wait(word, index, 2);
        taken = swap(0, 2);
      }
      const release = new Set([this.unlock]);
      return {
        [Symbol.dispose]() {
          for (const each of release) {
            release.clear();
            each();
          }
        },
      };
    };
    this.withLock = (fn) => {
      this.lock();
      try {
        return fn();
      } finally {
        this.unlock();
      }
    };
  }
}
