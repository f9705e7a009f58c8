import { isDeepStrictEqual } from 'node:util';
import { isHurried } from '#src/system/index.ts';
import { finding } from '#src/verdict/index.ts';
import { barChart } from './chart.ts';
import { type Judgement, best, faultWithoutClock, judge, speedupsOf } from './judgement.ts';
import { type Role, type Rounds, type Run, timeRounds } from './rounds.ts';

/** Three ways to the same answer, to be timed against each other. */
export interface Contest<I> {
  /** The sequential code that was given. */
  readonly baseline: (input: I) => Promise<Run>;
  /** What a good answer does. */
  readonly reference: (input: I) => Promise<Run>;
  /** What the student wrote. */
  readonly candidate: (input: I) => Promise<Run>;
  /**
   * The input of a round, a little different each time, so that no answer can be remembered; round 0 warms up and may
   * be small.
   */
  readonly input: (round: number) => I;
  /** Workers or processes that the candidate should have at once. */
  readonly parallel: number;
  /** Counted rounds at the most; 4 by default. */
  readonly rounds?: number;
  /**
   * Whether an attempt also ends when two rounds show a fault that needs no clock; where the run is hurried when left
   * out. Each further round gives an answer another chance, and costs seconds.
   */
  readonly hurried?: boolean;
}

/** A measured speed-up. */
export interface SpeedupReport {
  readonly judgement: Judgement;
  /** Times as fast as the baseline. */
  readonly speedup: { readonly candidate: number; readonly reference: number };
  /** Best time of each role as a bar. */
  readonly chart: string;
  /** The counted runs behind it. */
  readonly rounds: Rounds;
}

/**
 * Measures how much faster the candidate is than the baseline, in rounds of all three in rotating order; a miss is
 * measured once more from the start.
 * @param contest who runs, on what
 * @returns the verdict with its figures
 * @throws {Finding} `failed` where the candidate's answer differs from the baseline's
 */
export async function measureSpeedup<I>(contest: Contest<I>): Promise<SpeedupReport> {
  const first = await oneAttempt(contest);
  return first.judgement.verdict === 'fail' ? oneAttempt(contest) : first;
}

async function oneAttempt<I>({
  baseline,
  reference,
  candidate,
  input,
  parallel,
  rounds: most = 4,
  hurried = isHurried,
}: Contest<I>): Promise<SpeedupReport> {
  let expected: { readonly given: I; readonly value: unknown } | undefined;
  const checked = (role: Role, run: (given: I) => Promise<Run>) => async (given: I) => {
    const done = await run(given);
    // Whoever runs first in a round sets what the others must answer; a wrong candidate shows in either place.
    if (expected?.given !== given) expected = { given, value: done.value };
    else if (!isDeepStrictEqual(done.value, expected.value)) {
      throw finding(
        'failed',
        `The answer came out as ${String(done.value)} in one way and as ${String(expected.value)} in another ` +
          `(${role} against the one before).`,
      );
    }
    return done;
  };
  const rounds = await timeRounds(
    {
      baseline: checked('baseline', baseline),
      reference: checked('reference', reference),
      candidate: checked('candidate', candidate),
    },
    input,
    most,
    (soFar) =>
      judge(soFar, parallel).verdict === 'pass' || (hurried && faultWithoutClock(soFar, parallel) !== undefined),
  );
  const speedup = speedupsOf(rounds);
  const chart = barChart([
    { label: 'sequential', milliseconds: best(rounds.baseline) },
    { label: 'yours', milliseconds: best(rounds.candidate), speedup: speedup.candidate },
    { label: 'reference', milliseconds: best(rounds.reference), speedup: speedup.reference },
  ]);
  return { judgement: judge(rounds, parallel), speedup, chart, rounds };
}

/** Shows the reader of a suite what a passing check measured. Vitest's test context has this function. */
export type Annotate = (message: string, type?: string) => Promise<unknown>;

/**
 * Fails the check where the answer is not parallel. Where the machine could not tell, the check passes with the
 * annotation `inconclusive`.
 * @param report what {@link measureSpeedup} gave
 * @param annotate the test context's function
 * @throws {Finding} with the verdict, the reason and the chart
 */
export async function expectFaster({ judgement, chart }: SpeedupReport, annotate: Annotate): Promise<void> {
  if (judgement.verdict === 'fail')
    throw finding(judgement.fault, `Your code was timed beside the reference: ${judgement.because}.`, chart);
  if (judgement.verdict === 'inconclusive')
    await annotate(`No verdict from the clock: ${judgement.because}.\n\n${chart}`, 'inconclusive');
  else await annotate(`${judgement.because}\n\n${chart}`, 'measured');
}
