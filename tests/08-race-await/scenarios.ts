// Scenarios with the student's withdraw.
import type { Scene, World } from '#src/interleave/index.ts';
import type { Account } from '#kata/08-race-await/account.ts';
import { withdraw } from '#kata/08-race-await/withdraw.ts';
import { names, open, tasks } from './fake-bank.ts';

/** Withdrawals that start together. All that the balance covers must be paid, and nothing else. */
export function withdrawals(world: World, balance: number, amounts: number[], answers?: 'apart'): Scene {
  const bank = open(world, balance, answers);
  return {
    tasks: tasks(amounts, (amount) => withdraw(bank.account, amount)),
    state: bank.state,
    always: () =>
      bank.state().balance >= 0 || `the balance is ${bank.state().balance}: more was paid than the account had`,
    atEnd(answers) {
      const odd = Object.entries(answers).find(([, paid]) => typeof paid !== 'boolean');
      if (odd) return `expected ${odd[0]}'s withdraw to resolve to true or false, got ${String(odd[1])}`;
      const left = balance - amounts.reduce((sum, amount, at) => sum + (answers[names[at] as string] ? amount : 0), 0);
      if (bank.state().balance !== left)
        return `the balance is ${bank.state().balance}, but the withdrawals that resolved to true leave ${left}`;
      const refused = amounts.findIndex((amount, at) => !answers[names[at] as string] && amount <= left);
      return (
        refused < 0 ||
        `${names[refused]}'s withdrawal of ${amounts[refused]} was refused, but the final balance of ${left} covers it`
      );
    },
  };
}

/** One call to the account rejects, the first one or the first that writes. The next withdrawal must not notice. */
export function brokenLine(world: World, at: 'read' | 'write'): Scene {
  const { account, state } = open(world, 100);
  const error = new Error('the line is down');
  let down = true;
  const broken = (label: string) =>
    world.operation(label, () => {
      throw error;
    });
  const line: Account = {
    read: () => (down && at === 'read' ? broken('read') : account.read()),
    write: (balance) => (down ? broken('write') : account.write(balance)),
    writeIf: (expected, balance) => (down ? broken('writeIf') : account.writeIf(expected, balance)),
  };
  let first: unknown;
  return {
    tasks: {
      async A() {
        first = await withdraw(line, 30).then(
          (paid) => `resolved to ${paid}`,
          (reason: unknown) => reason,
        );
        down = false;
        return withdraw(line, 30);
      },
    },
    state,
    atEnd({ A }) {
      if (first !== error)
        return `expected withdraw to reject with the account's own error (the line is down), got: ${String(first)}`;
      return (
        (A === true && state().balance === 70) ||
        `expected a withdrawal of 30 after the error to be paid, got ${String(A)} and a balance of ${state().balance}`
      );
    },
  };
}
