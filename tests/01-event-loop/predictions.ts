import { arena, type Remote } from '#src/arena/index.ts';
import { type Annotate, barChart } from '#src/speedup/index.ts';
import { finding } from '#src/verdict/index.ts';
import { type Measured, type Pair, pairs } from './scenarios.ts';

/** What must be true, on every machine and whatever the clock says, and a question that leads to it. */
const facts: Record<Pair, { factor: number; question: string; apart: string; together: string }> = {
  computeAndCompute: {
    factor: 1,
    question: 'How many threads are there for the steps of both tasks?',
    apart: 'compute, then compute',
    together: 'compute and compute',
  },
  waitAndWait: {
    factor: 2,
    question: 'What does the thread have to do while a timer runs?',
    apart: 'wait, then wait',
    together: 'wait and wait',
  },
  computeAndWait: {
    factor: 2,
    question: 'What can the thread do while one of the tasks waits?',
    apart: 'compute, then wait',
    together: 'compute and wait',
  },
};

const tolerance = 0.2;
/** A measured factor that differs by more shows what other programs did. Giving the loop back costs some time, too. */
const plausible = 0.35;
/** Milliseconds in which implausible figures are measured again. */
const patience = 10_000;

/**
 * Measures the three pairs with the student's functions and shows the figures, whatever they are. Then judges the
 * predictions by the facts alone.
 */
export async function measureAndJudge(
  scenarios: Remote<typeof import('./scenarios.ts')>,
  annotate: Annotate,
): Promise<void> {
  const student = arena<typeof import('#kata/01-event-loop/predictions.ts')>('#kata/01-event-loop/predictions.ts');
  const predicted: Partial<Record<Pair, unknown>> | undefined = await student.predictions();
  let measured = await scenarios.measurePairs(5_000_000, 200_000, 2);
  for (const start = performance.now(); implausible(measured).length > 0 && performance.now() - start < patience;)
    measured = calmer(measured, await scenarios.measurePairs(5_000_000, 200_000, 2));
  // The student divides: the factor is the answer.
  const bars = chartOf(measured, false);
  // Only now: a wrong prediction fails with the chart beside it.
  for (const pair of pairs) {
    const said = predicted?.[pair];
    const { factor, question, apart, together } = facts[pair];
    if (typeof said !== 'number')
      throw finding('failed', `Expected predictions().${pair} to be a number, got ${JSON.stringify(said)}.`, bars);
    if (!(Math.abs(said - factor) <= tolerance + 1e-9))
      throw finding(
        'failed',
        `predictions().${pair} is ${said}, which is more than ${tolerance} off. Compare the bars "${apart}" and ` +
          `"${together}" of the chart: how many times as long is the first one? ${question}`,
        bars,
      );
  }
  const noisy = implausible(measured);
  const note = noisy.length === 0 ? '' : ` Other programs kept it busy: inconclusive for ${noisy.join(' and ')}.`;
  await annotate(
    `You predicted ${list((pair) => predicted?.[pair])}, and this machine measured ` +
      `${list((pair) => factorOf(measured[pair]).toFixed(2))}.${note}\n\n${chartOf(measured, true)}`,
    'measured',
  );
}

const implausible = (measured: Measured): Pair[] =>
  pairs.filter((pair) => Math.abs(factorOf(measured[pair]) - facts[pair].factor) > plausible);

/** @returns for each pair the measurement that was disturbed less */
const calmer = (one: Measured, other: Measured): Measured => {
  const of = (pair: Pair) => (total(one[pair]) < total(other[pair]) ? one[pair] : other[pair]);
  return {
    computeAndCompute: of('computeAndCompute'),
    waitAndWait: of('waitAndWait'),
    computeAndWait: of('computeAndWait'),
  };
};

const total = ({ apart, together }: Measured[Pair]): number => apart + together;

const factorOf = ({ apart, together }: Measured[Pair]): number => apart / together;

const list = (value: (pair: Pair) => unknown): string => pairs.map((pair) => `${String(value(pair))}×`).join(', ');

const chartOf = (measured: Measured, withFactors: boolean): string =>
  barChart(
    pairs.flatMap((pair) => [
      { label: facts[pair].apart, milliseconds: measured[pair].apart },
      {
        label: facts[pair].together,
        milliseconds: measured[pair].together,
        ...(withFactors && { speedup: factorOf(measured[pair]) }),
      },
    ]),
    32,
  );
