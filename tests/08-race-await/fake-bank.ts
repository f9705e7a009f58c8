// A bank whose answers arrive when the explorer chooses.
import type { World } from '#src/interleave/index.ts';
import type { Account } from '#kata/08-race-await/account.ts';

/** Task names, in order. */
export const names = ['A', 'B', 'C'];

/** @returns an account, and its state for the timeline */
export function open(world: World, balance: number) {
  const account: Account = {
    read: () => world.operation('read', () => balance),
    write: (next) => world.operation(`write ${next}`, () => void (balance = next)),
    writeIf: (expected, next) =>
      world.operation(`${expected} to ${next}?`, () => {
        if (balance !== expected) return false;
        balance = next;
        return true;
      }),
  };
  return { account, state: () => ({ balance }) };
}

/** @returns one task for each item, by name */
export function tasks<T>(
  each: readonly T[],
  run: (item: T) => Promise<unknown>,
): Record<string, () => Promise<unknown>> {
  return Object.fromEntries(each.map((item, at) => [names[at] as string, () => run(item)]));
}
