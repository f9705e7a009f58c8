// Code under test must not behave differently because it is explored. So a replaced function has the name, the length
// and the source text of the one that it stands for.
const originals = new WeakMap<object, object>();

/**
 * @param replacement a function, or a proxy of one; its name and length are changed
 * @param original what it stands for
 * @returns the replacement
 */
export function looksLike<T extends object>(replacement: T, original: object): T {
  originals.set(replacement, original);
  for (const key of ['name', 'length']) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor) Object.defineProperty(replacement, key, descriptor);
  }
  return replacement;
}

/** Replaces methods of an object by some that look like them. */
export function replaceMethods<T extends object>(target: T, replacements: Partial<T>): void {
  for (const [name, replacement] of Object.entries(replacements) as [keyof T, object][])
    target[name] = looksLike(replacement, target[name] as object) as T[keyof T];
}

/** Lets `toString()` of a function in this realm show the source of what {@link looksLike} was told, for good. */
export function showOriginalSources(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver only
  const native = Function.prototype.toString;
  Function.prototype.toString = looksLike(
    new Proxy(native, {
      apply: (target, self: object, args) => Reflect.apply(target, originals.get(self) ?? self, args) as string,
    }),
    native,
  );
}
