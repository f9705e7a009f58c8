// A bank whose answers arrive when the explorer chooses.
import type { World } from '#src/interleave/index.ts';
import type { Account } from '#kata/08-race-await/account.ts';

/** Task names, in order. */
export const names = ['A', 'B', 'C'];

/**
 * @param answers `apart`: an answer is on its way for a while, so others' requests come between the bank's work and it
 * @returns an account, and its state for the timeline
 */
export function open(world: World, balance: number, answers: 'at once' | 'apart' = 'at once') {
  const ask = async <T>(label: string, work: () => T): Promise<T> => {
    const answer = await world.operation(label, work);
    await world.operation('answer');
    return answer;
  };
  const request: typeof ask = answers === 'apart' ? ask : (label, work) => world.operation(label, work);
  const account: Account = {
    read: () => request('read', () => balance),
    write: (next) => request(`write ${next}`, () => void (balance = next)),
    writeIf: (expected, next) =>
      request(`${expected} to ${next}?`, () => {
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
