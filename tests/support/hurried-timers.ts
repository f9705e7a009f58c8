// Takes sleeping away from the processes under test: what rests on it goes wrong at once, on every machine.
// The default exports are the objects that this file changes.
import { syncBuiltinESMExports } from 'node:module';
// eslint-disable-next-line no-restricted-syntax
import timers from 'node:timers';
// eslint-disable-next-line no-restricted-syntax
import promises from 'node:timers/promises';
import { promisify } from 'node:util';

const original = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  sleep: promises.setTimeout,
  wait: promises.scheduler.wait.bind(promises.scheduler),
};

/** A sleep that takes its time. */
export const sleep = (milliseconds: number): Promise<void> => original.sleep(milliseconds);

/** An interval that takes its time. */
export const every = (milliseconds: number, callback: () => void) => original.setInterval(callback, milliseconds);

/**
 * From now on, timers fire at once.
 * @param longest milliseconds from which a timer is left alone: one that is longer may be an emergency exit
 * @returns a function that restores them
 */
export function hurryTimers(longest: number): () => void {
  const hurried = (delay: unknown) => (Number(delay) >= longest ? Number(delay) : 0);
  const setTimeout = (callback: (...args: unknown[]) => void, delay?: unknown, ...args: unknown[]) =>
    original.setTimeout(callback, hurried(delay), ...args);
  const sleepLess = <T>(delay?: unknown, value?: T, options?: object) => original.sleep(hurried(delay), value, options);
  Object.defineProperty(setTimeout, promisify.custom, { value: sleepLess });
  use(setTimeout, sleepLess, sleepLess);
  return () => use(original.setTimeout, original.sleep, original.wait);
}

function use(setTimeout: unknown, sleep: unknown, wait: unknown): void {
  Object.assign(globalThis, { setTimeout });
  Object.assign(timers, { setTimeout });
  Object.assign(promises, { setTimeout: sleep });
  Object.assign(promises.scheduler, { wait });
  syncBuiltinESMExports();
}
