import { looksLike } from './native-look.ts';

/**
 * Where controlled clocks start: a real date, but the same for all threads and for a replay an hour later.
 * @returns milliseconds since 1970
 */
export function startOfToday(): number {
  const day = 86_400_000;
  return Math.floor(Date.now() / day) * day;
}

/**
 * Replaces this realm's `Date`, for good.
 * @param read gives the time, in milliseconds since 1970; called once for each look at the clock
 */
export function controlDate(read: () => number): void {
  const native = Date;
  const now = looksLike(() => read(), native.now);
  const replaced = new Proxy(native, {
    apply: (target) => new target(read()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [read()] : args, newTarget) as object,
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  });
  native.prototype.constructor = replaced;
  globalThis.Date = looksLike(replaced, native);
}
