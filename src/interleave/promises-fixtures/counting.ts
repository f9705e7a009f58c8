// Scenarios for counting: tasks of so many operations each.
import type { World } from '../promises.ts';

/** @param lengths operations of each task, such as [2, 2] */
export function independent(world: World, lengths: number[]) {
  const done: string[] = [];
  const task = (name: string, length: number) => async () => {
    for (let step = 1; step <= length; step++) await world.operation(`step ${step}`, () => void done.push(name));
  };
  return {
    tasks: Object.fromEntries(lengths.map((length, lane) => [letter(lane), task(letter(lane), length)])),
    state: () => ({ order: done.join('') }),
  };
}

/** Each task begins all its operations at once. */
export function fanOut(world: World, lengths: number[]) {
  const done: string[] = [];
  const task = (name: string, length: number) => () =>
    Promise.all(Array.from({ length }, (_, at) => world.operation(`part ${at}`, () => void done.push(`${name}${at}`))));
  return {
    tasks: Object.fromEntries(lengths.map((length, lane) => [letter(lane), task(letter(lane), length)])),
    state: () => ({ order: done.join(' ') }),
  };
}

/** Two deposits that read, then write. */
export function deposits(world: World, amounts: number[]) {
  let balance = 100;
  const wanted = amounts.reduce((sum, amount) => sum + amount, balance);
  const deposit = (amount: number) => async () => {
    const read = await world.operation('read', () => balance);
    await world.operation(`write ${read + amount}`, () => void (balance = read + amount));
  };
  return {
    tasks: Object.fromEntries(amounts.map((amount, lane) => [letter(lane), deposit(amount)])),
    state: () => ({ balance }),
    atEnd: () => balance === wanted || `the balance is ${balance}, wanted ${wanted}`,
  };
}

const letter = (lane: number) => String.fromCharCode(65 + lane);
