import { type Remote, findingOf, session, type Observation, type Session } from '#src/arena/index.ts';
import { type SpeedupReport, measureSpeedup } from '#src/speedup/index.ts';
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
  try {
    return await measureSpeedup({
      baseline: async (n: number) => answered(await sequential.call('countdown', { from: 0, to: n })),
      reference: async (n) => answered(await ask(good, n, 2)),
      candidate: async (n) => answered(await ask(student, n, 2)),
      input: (round) => (round === 0 ? 1_000_000 : steps) + draw(0, 100_000),
      parallel: 2,
    });
  } finally {
    await Promise.all([sequential.close(), good.close(), student.close()]);
  }
}

function answered(observation: Observation<number>): Observation<number> {
  if (observation.outcome !== 'value') throw findingOf(observation);
  return observation;
}
