import { increment, safeIncrement } from './increment.ts';

export interface Job {
  work: 'increment' | 'safeIncrement';
  counter: Int32Array;
  times: number;
  gate: Int32Array;
  threads: number;
}

export async function incrementOnThreads(
  threads: number,
  times: number,
  work: Job['work'] = 'increment',
): Promise<number> {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const run = async () => (work === 'increment' ? increment : safeIncrement)(counter, times);
  await Promise.all(Array.from({ length: threads }, run));
  return Atomics.load(counter, 0);
}
