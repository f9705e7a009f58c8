import { NotImplementedError } from '#shared/not-implemented.ts';

/** Task 5. A cache that doesn't keep its values alive: it forgets each one that nothing else refers to. */
export class WeakCache<Key, Value extends object> {
  /**
   * @returns the value of the key, or undefined if there is none or it has been collected
   */
  get(key: Key): Value | undefined {
    throw new NotImplementedError();
  }

  /** Stores a value, in place of the key's previous one if there was any. */
  set(key: Key, value: Value): void {
    throw new NotImplementedError();
  }

  /** The number of entries. An entry whose value has been collected may count until it is removed. */
  get size(): number {
    throw new NotImplementedError();
  }
}
