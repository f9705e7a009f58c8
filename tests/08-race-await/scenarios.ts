// What the explorer runs, beside the student's code: fakes whose every answer waits until the explorer lets it arrive.
import type { Scene, World } from '#src/interleave/promises.ts';
import type { Account } from '#kata/08-race-await/account.ts';
import { deposit } from '#kata/08-race-await/deposit.ts';
import * as till from '#kata/08-race-await/till.ts';
import { withdraw } from '#kata/08-race-await/withdraw.ts';

const names = ['A', 'B', 'C'];

/** Deposits at once on 100. */
export function deposits(world: World, amounts: number[]): Scene {
  const bank = open(world, 100);
  return { tasks: tasks(amounts, (amount) => deposit(bank.account, amount)), state: bank.state };
}

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
      if (bank.state().balance !== left) return `the balance is ${bank.state().balance}, but with what was said to be paid it must be ${left}`;
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
        first = await withdraw(line, 30).then((paid) => `said ${paid}`, (error: Error) => error.message);
        down = false;
        return withdraw(line, 30);
      },
    },
    state,
    atEnd({ A }) {
      if (first !== 'the line is down') return `the account's error must reach the caller, but withdraw ${String(first)}`;
      return (A === true && state().balance === 70) || `after an error the next withdrawal of 30 must be paid, but it said ${String(A)} and the balance is ${state().balance}`;
    },
  };
}

/** Two customers, 30 and 12, at one till. */
export function adding(world: World, name: 'addInOneLine' | 'addInTwoLines'): Scene {
  const prices = [30, 12];
  let total = 0;
  const shared = { get total() { return total; }, set total(next) { total = next; } };
  const customer = (price: number): till.Till => Object.defineProperties({
    total: 0,
    greet: () => world.operation('greet'),
    price: () => world.operation('price', () => price),
    download: () => world.operation('download', () => 'prices'),
  }, Object.getOwnPropertyDescriptors(shared));
  return {
    tasks: tasks(prices, (price) => till[name](customer(price))),
    state: () => ({ total }),
    atEnd: () => total === 42 || `the total is ${total}, wanted 42`,
  };
}

/** Two customers want the price list. */
export function listing(world: World): Scene {
  let downloads = 0;
  const shared: till.Till = {
    total: 0,
    greet: () => world.operation('greet'),
    price: () => world.operation('price', () => 1),
    download() {
      downloads++;
      return world.operation('download', () => 'prices');
    },
  };
  return {
    tasks: tasks([1, 2], () => till.priceList(shared)),
    state: () => ({ downloads }),
    atEnd: () => downloads === 1 || `the price list was downloaded ${downloads} times, wanted once`,
  };
}

function open(world: World, balance: number) {
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

function tasks<T>(each: readonly T[], run: (item: T) => Promise<unknown>): Record<string, () => Promise<unknown>> {
  return Object.fromEntries(each.map((item, at) => [names[at] as string, () => run(item)]));
}
