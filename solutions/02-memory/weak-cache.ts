/** What is left to say about a value when it has been collected. */
interface Entry<Key, Value extends object> {
  readonly key: Key;
  readonly reference: WeakRef<Value>;
}

/** A cache that doesn't keep its values alive: it forgets each one that nothing else refers to. */
export class WeakCache<Key, Value extends object> {
  readonly #references = new Map<Key, WeakRef<Value>>();

  readonly #registry = new FinalizationRegistry<Entry<Key, Value>>(({ key, reference }) => {
    // The key may have a new value by now. Only the entry of the collected one goes.
    if (this.#references.get(key) === reference) this.#references.delete(key);
  });

  /**
   * @returns the value of the key, or undefined if there is none or it has been collected
   */
  get(key: Key): Value | undefined {
    return this.#references.get(key)?.deref();
  }

  /** Stores a value, in place of the key's previous one if there was any. */
  set(key: Key, value: Value): void {
    const reference = new WeakRef(value);
    this.#references.set(key, reference);
    this.#registry.register(value, { key, reference });
  }

  /** The number of entries. An entry whose value has been collected may count until it is removed. */
  get size(): number {
    return this.#references.size;
  }
}
