interface Slot {
  readonly number: number;
  readonly reference: WeakRef<object>;
}

interface Held {
  readonly slots: Map<unknown, Slot>;
  readonly key: unknown;
  readonly number: number;
}

let last = 0;

/** One registry for all caches. It keeps the map of a cache as long as one of its values lives. */
const registry = new FinalizationRegistry<Held>(({ slots, key, number }) => {
  if (slots.get(key)?.number === number) slots.delete(key);
});

export class WeakCache<Key, Value extends object> {
  readonly #slots = new Map<unknown, Slot>();

  get(key: Key): Value | undefined {
    return this.#slots.get(key)?.reference.deref() as Value | undefined;
  }

  set(key: Key, value: Value): void {
    // The same value again: its entry and its registration are still good.
    if (this.get(key) === value) return;
    const slot = { number: ++last, reference: new WeakRef(value) };
    this.#slots.set(key, slot);
    registry.register(value, { slots: this.#slots, key, number: slot.number });
  }

  get size(): number {
    return this.#slots.size;
  }
}
