// Scenarios with the given files. They don't import withdraw.ts: if it fails to load, only task 2 is affected.
import type { Scene, World } from '#src/interleave/index.ts';
import { deposit } from '#kata/08-race-await/deposit.ts';
import * as till from '#kata/08-race-await/till.ts';
import { open, tasks } from './fake-bank.ts';

/** Deposits that start together on a balance of 100. Task 1 asks for schedules that fail here. */
export function deposits(world: World, amounts: number[]): Scene {
  const bank = open(world, 100);
  const wanted = amounts.reduce((sum, amount) => sum + amount, 100);
  return {
    tasks: tasks(amounts, (amount) => deposit(bank.account, amount)),
    state: bank.state,
    atEnd: () => bank.state().balance === wanted || `the balance is ${bank.state().balance}, wanted ${wanted}`,
  };
}

/** Two customers pay 30 and 12 at one till. */
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

/** Two customers ask for the price list. */
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
