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

/** The programs behind this exercise's schedules, for `npm run kata replay 09 <name> <schedule>`. */
export const explorations = {
  'five-each': described(2, 'threads A and B each call increment(counter, 5)', () => counting('increment', 2, 5)),
  alone: described(1, 'one thread calls increment(counter, 3)', () => counting('increment', 1, 3)),
  safe: described(4, 'threads A and B each call safeIncrement(counter, 3)', () => counting('safeIncrement', 2, 3)),
  'safe-three': described(4, 'threads A, B and C each call safeIncrement(counter, 2)', () =>
    counting('safeIncrement', 3, 2),
  ),
} satisfies Record<string, Described<ThreadProgram>>;
