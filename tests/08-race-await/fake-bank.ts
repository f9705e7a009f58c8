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
  let unanswered = 0;
  let misused: string | undefined;
  const count = <T>(answer: Promise<T>): Promise<T> => {
    unanswered++;
    return answer.finally(() => unanswered--);
  };
  const expectNumbers = (call: string, ...given: unknown[]) => {
    if (given.some((value) => typeof value !== 'number'))
      misused ??=
        `${call}() of the account takes numbers, but withdraw() passed something else: ` +
        'if that is the promise of read(), await it first';
  };
  const account: Account = {
    read: () => count(request('read', () => balance)),
    write(next) {
      expectNumbers('write', next);
      return count(request(`write ${next}`, () => void (balance = next)));
    },
    writeIf(expected, next) {
      expectNumbers('writeIf', expected, next);
      return count(
        request(`${expected} to ${next}?`, () => {
          if (balance !== expected) return false;
          balance = next;
          return true;
        }),
      );
    },
  };
  return {
    account,
    state: () => ({ balance }),
    /** @returns what a caller did that no caller may do, as a sentence; undefined if nothing */
    misused: () => misused,
    /** @returns whether a call has been made that the bank has not answered yet */
    isBusy: () => unanswered > 0,
  };
}

/** @returns one task for each item, by name */
export function tasks<T>(
  each: readonly T[],
  run: (item: T) => Promise<unknown>,
): Record<string, () => Promise<unknown>> {
  return Object.fromEntries(each.map((item, at) => [names[at] as string, () => run(item)]));
}
