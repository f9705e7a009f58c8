import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { GuestClock, type Look, slownessOf } from './guest-clock.ts';

function after(...looks: Look[]): number {
  return on(1, ...looks);
}

function on(slowness: number, ...looks: Look[]): number {
  const clock = new GuestClock(slowness);
  clock.look({ elapsed: 0, runnable: 0, cpu: 0 });
  for (const look of looks) clock.look(look);
  return clock.milliseconds;
}

test('all of the time counts for a guest that waits, but no look for more than a tenth of a second', () => {
  expect(after({ elapsed: 40, runnable: 0, cpu: 0 }, { elapsed: 5_000, runnable: 0, cpu: 0 })).toBe(140);
});

test('what a guest was given of a processor counts, not what it had to wait for it', () => {
  expect(after({ elapsed: 1_000, runnable: 1, cpu: 1_000 })).toBe(1_000);
  expect(after({ elapsed: 1_000, runnable: 1, cpu: 50 })).toBe(50);
  expect(after({ elapsed: 900, runnable: 1, cpu: 90 }, { elapsed: 100, runnable: 0, cpu: 90 })).toBe(190);
});

test('on a slow machine less counts of what was computed, and all of what was waited', () => {
  expect(on(2, { elapsed: 1_000, runnable: 1, cpu: 500 }, { elapsed: 40, runnable: 0, cpu: 500 })).toBe(290);
  expect([undefined, 50, 250, 4_000].map(slownessOf)).toEqual([1, 1, 2.5, 4]);
});

test('threads beyond the number of processors are no reason for patience', () => {
  const processors = availableParallelism();
  expect(after({ elapsed: 1_000, runnable: 3 * processors, cpu: 1_000 * processors })).toBe(1_000);
});

test('a system that reports neither gets wall-clock time', () => {
  expect(after({ elapsed: 40, runnable: undefined, cpu: undefined })).toBe(40);
});
