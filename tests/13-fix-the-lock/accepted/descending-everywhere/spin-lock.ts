export class SpinLock {
  lock: () => void;
  unlock: () => void;

  constructor(word: Int32Array) {
    this.lock = () => {
      for (let taken = false; !taken;)
        taken = Atomics.load(word, 0) === 0 && Atomics.compareExchange(word, 0, 0, 1) === 0;
    };
    this.unlock = () => void Atomics.exchange(word, 0, 0);
  }
}
