// What the explorer runs of the given files. They stand apart, so that a withdraw.ts that does not load spoils task 2
// only.
import type { Scene, World } from '#src/interleave/index.ts';
import { deposit } from '#kata/08-race-await/deposit.ts';
import * as till from '#kata/08-race-await/till.ts';
import { open, tasks } from './fake-bank.ts';

/** Deposits at once on 100. */
export function deposits(world: World, amounts: number[]): Scene {
  const bank = open(world, 100);
  return { tasks: tasks(amounts, (amount) => deposit(bank.account, amount)), state: bank.state };
}

/** Two customers, 30 and 12, at one till. */
export function adding(world: World, name: 'addInOneLine' | 'addInTwoLines'): Scene {
  const prices = [30, 12];
  let total = 0;
  const shared = {
    get total() {
      return total;
    },
    set total(next) {
      total = next;
    },
  };
  const customer = (price: number): till.Till =>
    Object.defineProperties(
      {
        total: 0,
        greet: () => world.operation('greet'),
        price: () => world.operation('price', () => price),
        download: () => world.operation('download', () => 'prices'),
      },
      Object.getOwnPropertyDescriptors(shared),
    );
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
