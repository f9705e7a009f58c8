import { type Remote, findingOf, session, type Observation, type Session } from '#src/arena/index.ts';
import { type SpeedupReport, measureSpeedup } from '#src/speedup/index.ts';
import { finding } from '#src/verdict/index.ts';
import { draw } from './countdown-inputs.ts';

/** A module with the sequential countdown. */
export interface Sequential {
  countdown(range: { from: number; to: number }): number;
}

/** The three modules that are timed, and how to call the two parallel ones. */
export interface Contestants<Parallel> {
  readonly baseline: Remote<Sequential>;
  readonly reference: Remote<Parallel>;
  readonly candidate: Remote<Parallel>;
  readonly ask: (who: Session<Parallel>, n: number, parts: number) => Promise<Observation<number>>;
  /**
   * Steps of a counted round, 30 to 50 ns each. A fresh thread or process loses up to 0.3 s before it runs compiled
   * code; a round must be long in comparison, or the reference itself shows no speed-up.
   */
  readonly steps: number;
}

/**
 * Times the three modules in the same rounds. Each one has its own process, which all rounds share.
 * @returns how much faster two parts at a time are than the sequential countdown
 */
export async function contest<Parallel>({
  baseline,
  reference,
  candidate,
  ask,
  steps,
}: Contestants<Parallel>): Promise<SpeedupReport> {
  const sequential = await session(baseline);
  const good = await session(reference);
  const student = await session(candidate);
  const aside = atRest(student);
  try {
    const report = await measureSpeedup({
      baseline: async (n: number) =>
        answered(await aside.watch(() => sequential.call('countdown', { from: 0, to: n }))),
      reference: async (n) => answered(await aside.watch(() => ask(good, n, 2))),
      candidate: async (n) => answered(await ask(student, n, 2)),
      input: (round) => (round === 0 ? 1_000_000 : steps) + draw(0, 100_000),
      parallel: 2,
    });
    aside.check();
    return report;
  } finally {
    await Promise.all([sequential.close(), good.close(), student.close()]);
  }
}

function answered(observation: Observation<number>): Observation<number> {
  if (observation.outcome !== 'value') throw findingOf(observation);
  return observation;
}

/** Most CPU time that an answer may use while the others are timed, as a share of theirs: endings and clearing up. */
const asideShare = 0.2;

/** Watches that an answer does not take the processors from the others. */
function atRest(student: Session<unknown>) {
  let used = 0;
  let theirs = 0;
  return {
    watch: async (timed: () => Promise<Observation<number>>): Promise<Observation<number>> => {
      const before = student.cpuMilliseconds;
      const observation = await timed();
      const after = student.cpuMilliseconds;
      if (before !== undefined && after !== undefined && observation.cpuMilliseconds !== undefined) {
        used += after - before;
        theirs += observation.cpuMilliseconds;
      }
      return observation;
    },
    check: () => {
      if (used <= asideShare * theirs) return;
      const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
      throw finding(
        'leak',
        `When its promise has settled, your code must be at rest. But while the sequential code and the reference ` +
          `were timed, which took ${seconds(theirs)} of CPU time, it used ${seconds(used)}. Look for threads and ` +
          'processes that compute on.',
      );
    },
  };
}
