// What each thread of an exploration runs.
import {
  increment as studentIncrement,
  safeIncrement as studentSafeIncrement,
} from '#kata/09-race-memory/increment.ts';

interface Memory {
  counter: Int32Array;
}

export function increment({ counter }: Memory, ...calls: number[]): void {
  for (const times of calls) studentIncrement(counter, times);
}

export function safeIncrement({ counter }: Memory, ...calls: number[]): void {
  for (const times of calls) studentSafeIncrement(counter, times);
}
