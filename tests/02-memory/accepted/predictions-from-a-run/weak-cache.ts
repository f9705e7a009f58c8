// A closure instead of private fields, and one registry for each kind of key.
export class WeakCache<Key, Value extends object> {
  readonly get: (key: Key) => Value | undefined;
  readonly set: (key: Key, value: Value) => void;
  readonly #count: () => number;

  constructor() {
    const values = new Map<Key, { weak: WeakRef<Value> }>();
    const gone = new FinalizationRegistry((entry: { key: Key; box: WeakRef<{ weak: WeakRef<Value> }> }) => {
      const box = entry.box.deref();
      if (box && values.get(entry.key) === box) values.delete(entry.key);
    });
    this.get = (key) => values.get(key)?.weak.deref();
    this.set = (key, value) => {
      const box = { weak: new WeakRef(value) };
      values.set(key, box);
      gone.register(value, { key, box: new WeakRef(box) });
    };
    this.#count = () => values.size;
  }

  get size(): number {
    return this.#count();
  }
}
