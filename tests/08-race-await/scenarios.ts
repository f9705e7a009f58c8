// Scenarios with the student's withdraw.
import type { Scene, World } from '#src/interleave/index.ts';
import type { Account } from '#kata/08-race-await/account.ts';
import { withdraw } from '#kata/08-race-await/withdraw.ts';
import { names, open, tasks } from './fake-bank.ts';

/** Withdrawals that start together. All that the balance covers must be paid, and nothing else. */
export function withdrawals(
  world: World,
  balance: number,
  amounts: number[],
  answers: 'apart' | 'at once' = 'at once',
  refusals: 'judged' | 'ignored' = 'judged',
): Scene {
  const bank = open(world, balance, answers);
  return {
    tasks: tasks(amounts, (amount) => withdraw(bank.account, amount)),
    state: bank.state,
    always: () =>
      bank.misused() ??
      (bank.state().balance >= 0 || `the balance is ${bank.state().balance}: more was paid than the account had`),
    atEnd(answers) {
      const odd = Object.entries(answers).find(([, paid]) => typeof paid !== 'boolean');
      if (odd) return `${odd[0]}'s withdraw() must resolve to true or false, but it resolved to ${String(odd[1])}`;
      if (bank.isBusy())
        return 'withdraw() resolved before the account had answered: put an await before each call to the account';
      const left = balance - amounts.reduce((sum, amount, at) => sum + (answers[names[at] as string] ? amount : 0), 0);
      if (bank.state().balance !== left)
        return (
          `the withdrawals that resolved to true take ${balance - left} out of ${balance}, which leaves ${left}, ` +
          `but the balance is ${bank.state().balance}`
        );
      const refused = amounts.findIndex((amount, at) => !answers[names[at] as string] && amount <= left);
      return (
        refused < 0 ||
        refusals === 'ignored' ||
        `${names[refused]}'s withdrawal of ${amounts[refused]} was refused, but the final balance of ${left} covers it${
          amounts.length > 1 ? '. If another withdrawal came first, read the balance again and decide anew' : ''
        }`
      );
    },
  };
}

/**
 * Calls to the account reject, one in each of two withdrawals. The next withdrawal must not notice.
 * @param at which calls: those that read, those that write, or those that follow an answer of writeIf that somebody was
 * faster
 * @param error what they reject with, which need not be an Error
 */
export function brokenLine(world: World, at: 'read' | 'write' | 'retry', error: unknown): Scene {
  const { account, state } = open(world, 100);
  /** Whether the next call of that kind rejects. */
  let down = true;
  let retries = false;
  const broken = (label: string) =>
    world.operation(label, () => {
      down = false;
      throw error;
    });
  const fails = (kind: 'read' | 'write') => down && (at === kind || (at === 'retry' && retries));
  const line: Account = {
    read: () => (fails('read') ? broken('read') : account.read()),
    write: (balance) => (fails('write') ? broken('write') : account.write(balance)),
    writeIf(expected, balance) {
      if (fails('write')) return broken('writeIf');
      if (at !== 'retry' || !down) return account.writeIf(expected, balance);
      retries = true;
      return world.operation(`${expected} to ${balance}? no`, () => false);
    },
  };
  const outcomes: unknown[] = [];
  return {
    tasks: {
      async A() {
        for (let round = 0; round < 2; round++) {
          down = true;
          retries = false;
          outcomes.push(
            await withdraw(line, 30).then(
              (paid) => `it resolved to ${paid}`,
              (reason: unknown) => reason,
            ),
          );
        }
        // Whoever takes a lock and writes meets no retry.
        const met = !down;
        down = false;
        const later = withdraw(line, 30).catch((reason: unknown) => `an error (${String(reason)})`);
        return [met, await later];
      },
    },
    state,
    atEnd({ A }) {
      const [met, last] = A as [boolean, boolean | string];
      if (typeof last === 'string')
        return (
          `the account works again, but the next withdraw() still ended with ${last} of an earlier one: what one ` +
          'withdrawal throws must not stop those that come later'
        );
      if (!met) return true;
      const wrong = outcomes.find((outcome) => outcome !== error);
      if (wrong !== undefined || !outcomes.every((outcome) => Object.is(outcome, error)))
        return `the account rejected with ${String(error)}, so withdraw() must reject with it, but ${String(wrong)}`;
      return (
        (last && state().balance === 70) ||
        `the account works again, so a withdrawal of 30 must be paid and leave 70, but withdraw() resolved ` +
          `to ${last} and the balance is ${state().balance}`
      );
    },
  };
}

/**
 * A and B withdraw 30 each, and the first call that writes rejects. Its withdrawal takes nothing, and must not touch
 * what the other one has written meanwhile.
 */
export function brokenBeside(world: World): Scene {
  const { account, state } = open(world, 100);
  const error = new Error('the line is down');
  let down = true;
  const unlessDown = <T>(label: string, call: () => Promise<T>): Promise<T> => {
    if (!down) return call();
    down = false;
    return world.operation(label, () => {
      throw error;
    });
  };
  const line: Account = {
    read: () => account.read(),
    write: (balance) => unlessDown('write', () => account.write(balance)),
    writeIf: (expected, balance) => unlessDown('writeIf', () => account.writeIf(expected, balance)),
  };
  const outcome = (): Promise<unknown> =>
    withdraw(line, 30).catch((reason: unknown) =>
      reason === error ? 'the error' : `another error (${String(reason)})`,
    );
  return {
    tasks: { A: outcome, B: outcome },
    state,
    atEnd({ A, B }) {
      const ends = [A, B].map(String).sort().join(' and ');
      if (ends !== 'the error and true')
        return (
          'one call that writes rejected, so one withdraw() must reject with its error and the other one resolve to ' +
          `true, but they ended with ${ends}`
        );
      return (
        state().balance === 70 ||
        'one call that writes rejected, so only the other withdrawal of 30 counts and the balance must be 70, but it ' +
          `is ${state().balance}`
      );
    },
  };
}

/**
 * Before each of the first twenty calls of `writeIf`, somebody else takes 1, so the balance has changed by then.
 * Whoever uses it cannot rely on a lock, so the same happens before a `write` that follows.
 */
export function overtaken(world: World): Scene {
  const { account, state } = open(world, 100);
  let others = 0;
  const somebodyElse = async () => {
    if (others === 20) return;
    others++;
    await account.write(state().balance - 1);
  };
  const busy: Account = {
    ...account,
    async writeIf(expected, balance) {
      await somebodyElse();
      return account.writeIf(expected, balance);
    },
    async write(balance) {
      if (others > 0) await somebodyElse();
      return account.write(balance);
    },
  };
  return {
    tasks: { A: () => withdraw(busy, 30) },
    state,
    atEnd({ A }) {
      const left = 100 - others - 30;
      return (
        (A === true && state().balance === left) ||
        `somebody else was faster ${others === 1 ? 'once' : `${others} times`}, and the balance still covers a ` +
          `withdrawal of 30, so it must be paid and leave ${left}, but withdraw() resolved to ${String(A)} and the ` +
          `balance is ${state().balance}. ` +
          'However often writeIf fails, read the balance again and decide anew'
      );
    },
  };
}

/** Somebody else pays in between withdrawals: what an account holds is known only to the account. */
export function paidInBetween(world: World): Scene {
  const { account, state } = open(world, 100);
  return {
    tasks: {
      async A() {
        const [first, refused] = [await withdraw(account, 80), await withdraw(account, 300)];
        await account.write(500);
        return [first, refused, await withdraw(account, 300)].join(', ');
      },
    },
    state,
    atEnd: ({ A }) =>
      (A === 'true, false, true' && state().balance === 200) ||
      'from a balance of 100, 80 and 300 are withdrawn, then somebody makes the balance 500, and 300 are withdrawn: ' +
        'these three withdrawals must resolve to true, false and true and leave 200, but they resolved to ' +
        `${String(A)} and left ${state().balance}. Read the balance from the account in each call`,
  };
}
