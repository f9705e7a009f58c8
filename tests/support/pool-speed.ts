import { test } from 'vitest';
import type { Remote } from '#src/arena/index.ts';
import { expectFaster } from '#src/speedup/index.ts';
import { finding } from '#src/verdict/index.ts';
import { contest, type Sequential } from './countdown-contest.ts';

/** A module that counts down in parallel. */
export interface CountDown {
  countDown(n: number, parts: number): Promise<number>;
}

/** Milliseconds for one countdown, which takes one second on a machine that has nothing else to do. */
export const speedLimit = 60_000;

/** Three ways to count down, each in an arena with {@link speedLimit}. */
export interface PoolContest {
  /** The given countdown.ts. */
  readonly baseline: Remote<Sequential>;
  /** What two Workers without a pool achieve. */
  readonly reference: Remote<CountDown>;
  /** The exercise's scenarios. */
  readonly candidate: Remote<CountDown>;
}

/** Registers the check of the task "Speed-up". */
export function poolSpeed({ baseline, reference, candidate }: PoolContest): void {
  test('two Workers are faster than one', { tags: ['3.sum', '3.speed-up'] }, async ({ annotate }) => {
    const steps = 100_000;
    const [sum, wanted] = [await candidate.countDown(steps, 2), await baseline.countdown({ from: 0, to: steps })];
    if (sum !== wanted)
      throw finding(
        'failed',
        `map() counted ${steps} steps in parts on a pool of size 2. Its results must add up to ${wanted}, but ` +
          `they add up to ${sum}: a result is missing or wrong. Resolve map() when all of its items are done.`,
      );
    const report = await contest({
      baseline,
      reference,
      candidate,
      ask: (who, n, parts) => who.call('countDown', n, parts),
      steps: 30_000_000,
    });
    await expectFaster(report, annotate);
  });
}
