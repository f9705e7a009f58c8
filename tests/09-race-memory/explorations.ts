import type { ThreadProgram } from '#src/interleave/index.ts';

const lanes = ['A', 'B', 'C'];

/** Threads with the same body. Data races are allowed where they are the point. */
function counting(body: 'increment' | 'safeIncrement', threads: number, times: number): ThreadProgram {
  return {
    module: new URL('./bodies.ts', import.meta.url),
    threads: lanes.slice(0, threads).map((name) => ({ name, body, args: [times] })),
    memory: { counter: 1 },
    ...(body === 'increment' ? { expectRaces: 'allow' } : { invariant: nothingLost(threads * times) }),
  };
}

const nothingLost =
  (wanted: number) =>
  ({ counter }: { counter?: Int32Array }) =>
    counter?.[0] === wanted || `the count is ${counter?.[0]}, wanted ${wanted}: ${wanted - Number(counter?.[0])} lost`;

/** The programs behind this exercise's schedules, for `npm run kata replay 09 <name> <schedule>`. */
export const explorations = {
  'five-each': () => counting('increment', 2, 5),
  alone: () => counting('increment', 1, 3),
  safe: () => counting('safeIncrement', 2, 3),
  'safe-three': () => counting('safeIncrement', 3, 2),
} satisfies Record<string, () => ThreadProgram>;
