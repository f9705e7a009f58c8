/** A cache that doesn't keep its values alive: it forgets each one that nothing else refers to. */
export class WeakCache<Key, Value extends object> {
  #references = new Map<Key, WeakRef<Value>>();
  #registry = new FinalizationRegistry((key: Key) => {
    // A reference to a live value belongs to a newer entry.
    if (!this.#references.get(key)?.deref()) this.#references.delete(key);
  });

  get(key: Key): Value | undefined {
    const reference = this.#references.get(key);
    if (!reference) return undefined;
    const value = reference.deref();
    if (!value) this.#remove(key, reference);
    return value;
  }

  set(key: Key, value: Value): void {
    const old = this.#references.get(key);
    if (old) this.#remove(key, old);
    const reference = new WeakRef(value);
    this.#references.set(key, reference);
    this.#registry.register(value, key, reference);
  }

  get size(): number {
    let count = 0;
    for (const reference of this.#references.values()) if (reference.deref()) count++;
    return count;
  }

  #remove(key: Key, reference: WeakRef<Value>): void {
    this.#registry.unregister(reference);
    this.#references.delete(key);
  }
}
