import { described, type Described } from '#src/exploration/index.ts';
import type { ThreadProgram } from '#src/interleave/index.ts';

const lanes = ['A', 'B', 'C'];

/** Threads with the same body. Data races are allowed where they are the point. */
function counting(body: 'increment' | 'safeIncrement', threads: number, times: number): ThreadProgram {
  return {
    module: new URL('./bodies.ts', import.meta.url),
    threads: lanes.slice(0, threads).map((name) => ({ name, body, args: [times] })),
    memory: { counter: 1 },
    invariant: nothingLost(threads * times),
    ...(body === 'increment' && { expectRaces: 'allow' }),
  };
}

const nothingLost =
  (wanted: number) =>
  ({ counter }: { counter?: Int32Array }) =>
    counter?.[0] === wanted || `the count is ${counter?.[0]}, wanted ${wanted}: ${lost(wanted - Number(counter?.[0]))}`;

const lost = (updates: number): string => (updates === 1 ? 'one update is lost' : `${updates} updates are lost`);

/** One thread makes two calls on memory of two elements, the second of which is no counter. */
export const alone = (body: 'increment' | 'safeIncrement', times = 3): ThreadProgram => ({
  ...counting(body, 1, times),
  threads: [{ name: 'A', body, args: [0, times] }],
  memory: { counter: 2 },
  steps: 10 * times,
});

/** Thread B gets in between the steps of A's one increment, as often as A tries. */
export const inBetween = (times: number) => ({
  ...counting('safeIncrement', 2, 1),
  threads: [1, times].map((each, index) => ({ name: lanes[index]!, body: 'safeIncrement', args: [each] })),
  expectRaces: 'allow' as const,
  invariant: nothingLost(times + 1),
  steps: 10 * times,
  schedule: 'ABB'.repeat(times),
});

/** The programs behind this exercise's schedules, for `npm run kata replay 09 <name> <schedule>`. */
export const explorations = {
  'five-each': described(2, 'threads A and B each call increment(counter, 5)', () => counting('increment', 2, 5)),
  alone: described(1, 'one thread calls increment(counter, 0) and increment(counter, 3)', () => alone('increment')),
  safe: described(4, 'threads A and B each call safeIncrement(counter, 3)', () => counting('safeIncrement', 2, 3)),
  'safe-three': described(4, 'threads A, B and C each call safeIncrement(counter, 2)', () =>
    counting('safeIncrement', 3, 2),
  ),
} satisfies Record<string, Described<ThreadProgram>>;
