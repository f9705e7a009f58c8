// What the explorer runs of the student's withdraw.
import type { Scene, World } from '#src/interleave/index.ts';
import type { Account } from '#kata/08-race-await/account.ts';
import { withdraw } from '#kata/08-race-await/withdraw.ts';
import { names, open, tasks } from './fake-bank.ts';

/** Withdrawals at once; all that is covered must be paid, and nothing else. */
export function withdrawals(world: World, balance: number, amounts: number[]): Scene {
  const bank = open(world, balance);
  return {
    tasks: tasks(amounts, (amount) => withdraw(bank.account, amount)),
    state: bank.state,
    always: () => bank.state().balance >= 0 || `the balance is ${bank.state().balance}: more was paid than there was`,
    atEnd(said) {
      const odd = Object.entries(said).find(([, paid]) => typeof paid !== 'boolean');
      if (odd) return `${odd[0]}'s withdraw must say true or false, but it said ${String(odd[1])}`;
      const left = balance - amounts.reduce((sum, amount, at) => sum + (said[names[at] as string] ? amount : 0), 0);
      if (bank.state().balance !== left)
        return `the balance is ${bank.state().balance}, but with what was said to be paid it must be ${left}`;
      const refused = amounts.findIndex((amount, at) => !said[names[at] as string] && amount <= left);
      return refused < 0 || `${names[refused]} was refused ${amounts[refused]}, and ${left} was there to the end`;
    },
  };
}

/** The line to the bank is down at first; what comes after has nothing to do with that. */
export function brokenLine(world: World): Scene {
  const { account, state } = open(world, 100);
  let down = true;
  const broken = (label: string) =>
    world.operation(label, () => {
      throw new Error('the line is down');
    });
  const line: Account = {
    read: () => (down ? broken('read') : account.read()),
    write: (balance) => (down ? broken('write') : account.write(balance)),
    writeIf: (expected, balance) => (down ? broken('writeIf') : account.writeIf(expected, balance)),
  };
  let first: unknown;
  return {
    tasks: {
      async A() {
        first = await withdraw(line, 30).then(
          (paid) => `said ${paid}`,
          (error: Error) => error.message,
        );
        down = false;
        return withdraw(line, 30);
      },
    },
    state,
    atEnd({ A }) {
      if (first !== 'the line is down')
        return `the account's error must reach the caller, but withdraw ${String(first)}`;
      return (
        (A === true && state().balance === 70) ||
        `after an error the next withdrawal of 30 must be paid, ` +
          `but it said ${String(A)} and the balance is ${state().balance}`
      );
    },
  };
}
